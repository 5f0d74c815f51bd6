"""The same crawl for Scrapy: home page, disclosure page, report column, its pages, the reports. Addresses are read from a file."""
import json
import re
import sys
import time

import scrapy
from scrapy.crawler import CrawlerProcess

REPORT = re.compile(r"\d{4}年.*政府信息公开.*年度报告")
WAY = re.compile(r"^(政府信息公开|政府信息公开年报|下一页)$")


class Reports(scrapy.Spider):
    name = "reports"
    found = 0

    def parse(self, response):
        for a in response.css("a[href]"):
            title = a.attrib.get("title") or "".join(a.css("::text").getall())
            if REPORT.search(title):
                yield response.follow(a, self.report)
            elif WAY.match(title):
                yield response.follow(a, self.parse)

    def report(self, response):
        text = " ".join(response.css("body ::text").getall())
        if "总体情况" in text and "行政复议" in text:
            self.found += 1
            yield {"url": response.url, "body": response.text}


with open(sys.argv[1]) as f:
    Reports.start_urls = f.read().split()
process = CrawlerProcess({
    "LOG_ENABLED": False, "ROBOTSTXT_OBEY": True, "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "TELNETCONSOLE_ENABLED": False, "COOKIES_ENABLED": False, "FEEDS": {sys.argv[2]: {"format": "jsonlines"}},
})
crawler = process.create_crawler(Reports)
start = time.time()
process.crawl(crawler)
process.start()
seconds = time.time() - start
requests = crawler.stats.get_value("downloader/request_count")
print(json.dumps({"crawler": "scrapy " + scrapy.__version__, "requests": requests, "reports": crawler.spider.found if crawler.spider else 0,
                  "seconds": round(seconds, 3), "requests_per_second": requests / seconds}))
