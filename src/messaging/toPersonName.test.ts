import fc from 'fast-check'

import { renderMessage } from './renderMessage.ts'
import { templates } from './templates/index.ts'
import { toPersonName } from './toPersonName.ts'

describe('toPersonName', () => {
  it.each([
    'Asha Rao',
    'Mary-Ann O’Neil',
    'A. K. Sharma',
    'A.K. Sharma',
    'Asha R.',
    'आशा राव',
    'क्\u200dष क्\u200cष',
    'José María',
    'Sammy Davis Jr.',
    '李小龙',
  ])('keeps "%s"', (name) => {
    expect(toPersonName(name)).toBe(name)
  })

  it.each([
    ['a link', 'Asha https://evil.example/win', 'Asha'],
    ['a domain', 'You won evil.com', 'You won'],
    ['a domain in brackets', 'Asha (evil.com)', 'Asha'],
    ['a domain with a mark after it', 'Go evil.com, now', 'Go now'],
    ['a domain of one letter', 'Pay t.co/abc', 'Pay'],
    ['a short domain', 'Join t.me x.com', 'Join'],
    ['a domain with www', 'WWW.EVIL', ''],
    ['another scheme', 'javascript:alert(1) Asha', 'Asha'],
    ['a call', 'tel:+919876543210 Asha', 'Asha'],
    ['an e-mail address', 'write a@b now', 'write now'],
    ['a path', 'Asha bit/ly', 'Asha'],
    ['an IP address', 'Asha 10.0.0.1', 'Asha'],
    ['a full-width dot', 'evil．com', ''],
    ['an ideographic dot', 'evil。com', ''],
    ['an invisible mark in a domain', 'evil.\u200bcom', ''],
    ['a joiner in a domain', 'evil.\u200dcom', ''],
    ['full-width letters', 'ｅｖｉｌ.ｃｏｍ', ''],
    ['punycode', 'xn--e1awd7f', ''],
    ['a domain of another script', 'пример.рф', ''],
    ['line breaks', 'Asha\r\nRao', 'Asha Rao'],
  ])('strips %s', (_case, typed, name) => {
    expect(toPersonName(typed)).toBe(name)
  })

  it.each([
    ['Dr.Asha Rao', 'Dr. Asha Rao'],
    ['J.R.D.Tata', 'J. R. D. Tata'],
  ])('separates the titles and initials of "%s"', (typed, name) => {
    expect(toPersonName(typed)).toBe(name)
  })

  it('has 60 letters at most', () => {
    expect(toPersonName('x'.repeat(120))).toHaveLength(60)
    expect(Array.from(toPersonName('😀'.repeat(120)))).toHaveLength(60)
  })
})

/** What mail programs make links of, written apart from the code under test. */
const LINK = /\b(https?|ftp|mailto|tel):|www\.|[a-z0-9-]\.[a-z]{2,}|\d+\.\d+\.\d+\.\d+|@/i

const part = fc.oneof(
  fc.webUrl(),
  fc.domain(),
  fc.emailAddress(),
  fc.ipV4(),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('Asha', 'Rao', ' ', '.', '\n', '\u200b', '://', 'www.', '。', '(', '/'),
)
const typedName = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''))
const spaced = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(' '))

describe('any typed name', () => {
  it('becomes a short line without a link, and stays as it is when it is cleaned again', () => {
    fc.assert(
      fc.property(fc.oneof(typedName, spaced), (typed) => {
        const name = toPersonName(typed)
        expect(name).not.toMatch(LINK)
        expect(name).not.toMatch(/\p{Cc}/u)
        expect(Array.from(name).length).toBeLessThanOrEqual(60)
        expect(toPersonName(name)).toBe(name)
      }),
      { numRuns: 5_000 },
    )
  })

  const context = {
    brand: 'Corner Club',
    locale: 'en',
    timeZone: 'Asia/Kolkata',
    link: (path: string) => new URL(path, 'https://members.example.in').href,
  }
  const greeting = templates.filter((one) => 'email' in one && 'name' in one.sample)

  it.each(greeting.map(({ name }) => name))('puts no link into the message "%s"', (template) => {
    const { sample } = greeting.find(({ name }) => name === template) ?? { sample: {} }
    const textOf = (name: string) => {
      const draft = { template, data: { ...sample, name }, context, kind: 'email' as const }
      const { subject, text } = renderMessage(draft)
      return `${subject}\n${text}`
    }
    fc.assert(
      fc.property(fc.webUrl(), fc.domain(), (url, domain) => {
        const text = textOf(`Asha ${url} ${domain}`)
        expect(text).not.toContain(url)
        expect(text.replaceAll('members.example.in', '')).not.toContain(domain)
      }),
      { numRuns: 50 },
    )
  })
})
