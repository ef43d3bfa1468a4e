import fc from 'fast-check'

import { html, type Html, markupOf } from './html.ts'

describe('html', () => {
  it.each([
    ['<b>', '&lt;b&gt;'],
    ['"quoted"', '&quot;quoted&quot;'],
    ["it's", 'it&#39;s'],
    ['&lt;', '&amp;lt;'],
    ['नमस्ते', 'नमस्ते'],
  ])('escapes %s', (typed, escaped) => {
    expect(markupOf(html`<p title="${typed}">${typed}</p>`)).toBe(
      `<p title="${escaped}">${escaped}</p>`,
    )
  })

  it('takes other html, one part or a list, as it is, and escapes it once', () => {
    const names = ['<a>', 'b'].map((name) => html`<u>${name}</u>`)
    expect(markupOf(html`<b>${names}</b>${html`<i>${1}</i>`}`)).toBe(
      '<b><u>&lt;a&gt;</u><u>b</u></b><i>1</i>',
    )
  })

  it('lets nothing through that could open a tag or close an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        expect(markupOf(html`${typed}`)).not.toMatch(/[<>"']/)
      }),
    )
  })

  it('takes nothing that came out of JSON for markup', () => {
    const forged = JSON.parse('{"markup":"<b>","Symbol(markup)":"<b>"}') as Html
    expect(markupOf(html`${forged}`)).not.toContain('<b>')
  })
})
