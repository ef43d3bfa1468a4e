import fc from 'fast-check'

import { buildDeepLink } from './deepLink.ts'

const hosts = ['www.shop.example', 'Shop.example']

it('a page on a listed host is allowed, also with the host in upper case', () => {
  expect(buildDeepLink('https://WWW.shop.example/a?b=c#d', hosts)).toBe(
    'https://www.shop.example/a?b=c#d',
  )
  expect(buildDeepLink('https://shop.example/', hosts)).toBe('https://shop.example/')
})

it.each([
  'http://www.shop.example/',
  '//www.shop.example/',
  'javascript:alert(1)',
  'https://www.shop.example.evil.test/',
  'https://evil.test/?https://www.shop.example/',
  'https://www.shop.example@evil.test/',
  'https://user:pass@www.shop.example/',
  'https://www.shop.example:8443/',
  'https://www.shop.example\\@evil.test/',
  'https://www.shop.example/\r\nSet-Cookie: a=b',
  'https://sub.www.shop.example/',
  ' https://www.shop.example/',
  '',
])('%j is refused as a page', (url) => {
  const code = 'click.not-allowed'
  const refused: unknown = expect.objectContaining({ code, details: { field: 'url' } })
  expect(() => buildDeepLink(url, hosts)).toThrow(refused)
})

it('an allowed address never has another host and never breaks a header', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((t) => `https://www.shop.example${t}`),
      ),
      (typed) => {
        let allowed: string
        try {
          allowed = buildDeepLink(typed, hosts)
        } catch {
          return
        }
        expect(['www.shop.example', 'shop.example']).toContain(new URL(allowed).hostname)
        expect(allowed).not.toMatch(/[\r\n]/)
      },
    ),
  )
})
