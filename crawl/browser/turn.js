// Turns the page of a list that a script turns, and keeps the entries that go. One call looks at what the last one did and, where the list changed, presses
// the sign that leads on. It answers 'turned' where it pressed, 'more' where it was not to, 'end' where nothing leads on.
(press => {
  const kept = window.__gongkaiTurns || (window.__gongkaiTurns = {pages: 0, seen: []})
  const entries = root => [...root.querySelectorAll('a')].map(a => [a.getAttribute('href') + '\n' + a.textContent.trim(), a])
  const state = entries(document.body).map(e => e[0]).join('\n')

  // way lists the numbers of the children that lead from the body to an element.
  const way = (node, root) => { const w = []; for (; node !== root; node = node.parentElement) w.unshift([...node.parentElement.children].indexOf(node)); return w }
  const list = nodes => {
    let common = nodes[0].closest('ul, ol, tbody') || nodes[0].parentElement
    while (!nodes.every(n => common.contains(n))) common = common.parentElement
    return common
  }

  if (kept.before) {
    if (kept.seen.includes(state)) return 'end' // nothing came, or what was there before
    const now = new Set(entries(document.body).map(e => e[0]))
    const gone = entries(kept.before).filter(e => !now.has(e[0])).map(e => e[1])
    if (gone.length > 0) {
      const old = list(gone)
      let here = document.body
      for (const i of way(old, kept.before)) here = here && here.children[i]
      if (!here || here.tagName !== old.tagName) return 'end'
      kept.list = here
      kept.rows = [...(kept.rows || []), ...[...old.children].filter(c => c.querySelector('a'))]
    }
    kept.pages++
    kept.before = null
  }

  const off = e => e.closest('[disabled], [aria-disabled=true], [class*=disable i]')
  const own = e => (e.textContent || '').replace(/\s/g, '')
  const paging = e => e.closest('[class*=pag i], [id*=pag i], [class*=fenye i], [id*=fenye i]')
  const leads = e => e.tagName === 'A' && e.getAttribute('href') && !/^(javascript:|#)/i.test(e.getAttribute('href').trim())
  const next = [...document.querySelectorAll('a, button, li, span, div, i, input[type=button]')].filter(e => {
    if (leads(e) || e.closest('a[href]') && leads(e.closest('a[href]')) || e.closest('form[method=post i]') || e.getClientRects().length === 0) return false
    const text = e.tagName === 'INPUT' ? e.value : own(e)
    return /^(下一?页|后一?页|下页|nextpage)[>›»]*$/i.test(text) || paging(e) && (/^(>|›|»|next)$/i.test(text) || /(^|[-_ ])next\b/.test(String(e.className)) && text.length < 4)
  }).pop()
  if (!next || off(next) || state.length > 1 << 20) return 'end'
  if (!press) return 'more'
  kept.seen.push(state)
  kept.before = document.body.cloneNode(true)
  next.click()
  return 'turned'
})
