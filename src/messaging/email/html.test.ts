import fc from 'fast-check'

import { html, type Html, toMarkup } from './html.ts'

describe('html', () => {
  it.each([
    ['<b>', '&lt;b&gt;'],
    ['"quoted"', '&quot;quoted&quot;'],
    ["it's", 'it&#39;s'],
    ['&lt;', '&amp;lt;'],
    ['नमस्ते', 'नमस्ते'],
  ])('escapes %s', (typed, escaped) => {
    expect(toMarkup(html`<p title="${typed}">${typed}</p>`)).toBe(
      `<p title="${escaped}">${escaped}</p>`,
    )
  })

  it('inserts other html, one part or a list, unchanged', () => {
    const names = ['<a>', 'b'].map((name) => html`<u>${name}</u>`)
    expect(toMarkup(html`<b>${names}</b>${html`<i>${1}</i>`}`)).toBe(
      '<b><u>&lt;a&gt;</u><u>b</u></b><i>1</i>',
    )
  })

  it('escapes everything that could open a tag or close an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        expect(toMarkup(html`${typed}`)).not.toMatch(/[<>"']/)
      }),
    )
  })

  it('treats no value from JSON as markup', () => {
    const forged = JSON.parse('{"markup":"<b>","Symbol(markup)":"<b>"}') as Html
    expect(toMarkup(html`${forged}`)).not.toContain('<b>')
  })
})
