import fc from 'fast-check'

import { toMailboxKey } from './mailboxKey.ts'

describe('toMailboxKey', () => {
  it.each([
    ['capitals', 'Asha@Example.IN', 'asha@example.in'],
    ['spaces around it', '  asha@example.in ', 'asha@example.in'],
    ['a +tag', 'asha+shop@example.in', 'asha@example.in'],
    ['all after the first +', 'asha+shop+2@example.in', 'asha@example.in'],
    ['dots at Gmail', 'a.s.h.a@gmail.com', 'asha@gmail.com'],
    ['the older name of Gmail', 'a.sha@googlemail.com', 'asha@gmail.com'],
  ])('drops %s', (_name, email, mailbox) => {
    expect(toMailboxKey(email)).toBe(mailbox)
  })

  it('keeps dots when the provider does', () => {
    expect(toMailboxKey('a.sha@example.in')).not.toBe(toMailboxKey('asha@example.in'))
  })

  it('returns the same mailbox for any case and any tag', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.stringMatching(/^[a-z0-9]{0,8}$/), (email, tag) => {
        const [local = '', domain = ''] = email.split('@')
        const mailbox = toMailboxKey(email)
        expect(toMailboxKey(email.toUpperCase())).toBe(mailbox)
        expect(toMailboxKey(`${local}+${tag}@${domain}`)).toBe(mailbox)
        expect(toMailboxKey(mailbox)).toBe(mailbox)
      }),
    )
  })
})

describe('toMailboxKey, by provider,', () => {
  it.each([
    ['tags at Outlook', 'asha+shop@outlook.com', 'asha@outlook.com'],
    ['tags at Hotmail', 'asha+shop@hotmail.com', 'asha@hotmail.com'],
    ['tags at Live', 'asha+shop@live.in', 'asha@live.in'],
    ['the keyword after the hyphen at Yahoo', 'base-shop@yahoo.com', 'base@yahoo.com'],
    ['the keyword at a Yahoo of a country', 'base-shop@yahoo.co.in', 'base@yahoo.co.in'],
    ['the keyword at Ymail', 'base-a@ymail.com', 'base-b@ymail.com'],
    ['tags at iCloud', 'asha+shop@icloud.com', 'asha@icloud.com'],
    ['the older domains of iCloud', 'asha@me.com', 'asha+x@mac.com'],
    ['dots and other marks at Proton', 'a.sh-a_@proton.me', 'asha@proton.me'],
    ['the other domains of Proton', 'a.sha@pm.me', 'asha+1@protonmail.com'],
    ['the Swiss domain of Proton', 'asha@protonmail.ch', 'asha@proton.me'],
    ['sub-domains at Fastmail', 'shop@asha.fastmail.com', 'asha@fastmail.com'],
    ['sub-domains at an older Fastmail', 'shop+1@asha.fastmail.fm', 'asha+2@fastmail.fm'],
    ['hyphens for underscores at Fastmail', 'shop@asha-rao.fastmail.com', 'asha_rao@fastmail.com'],
    ['quotes', '"asha"@example.in', 'asha@example.in'],
    ['a dot after the domain', 'asha@example.in.', 'asha@example.in'],
    ['full-width letters', 'ａｓｈａ@example.in', 'asha@example.in'],
  ])('compares %s as one mailbox', (_name, one, other) => {
    expect(toMailboxKey(one)).toBe(toMailboxKey(other))
  })

  it.each([
    ['Outlook and Hotmail', 'asha@outlook.com', 'asha@hotmail.com'],
    ['dots at Outlook', 'a.sha@outlook.com', 'asha@outlook.com'],
    ['hyphens elsewhere', 'a-sha@example.in', 'a@example.in'],
    ['sub-domains elsewhere', 'shop@asha.example.in', 'asha@example.in'],
    ['two members at Fastmail', 'x@asha.fastmail.com', 'x@ravi.fastmail.com'],
    ['two domains of Fastmail', 'asha@fastmail.com', 'asha@fastmail.fm'],
    ['a domain that only ends like Yahoo', 'base-a@notyahoo.com', 'base-b@notyahoo.com'],
    ['tags without a name before them', '+a@example.in', '+b@example.in'],
    ['marks alone at Gmail', '.@gmail.com', '@gmail.com'],
  ])('keeps %s apart', (_name, one, other) => {
    expect(toMailboxKey(one)).not.toBe(toMailboxKey(other))
  })

  const local = fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/)
  const tag = fc.stringMatching(/^[a-z0-9]{1,8}$/)
  const TAGGED: ((name: string, word: string) => string)[] = [
    (name, word) => `${name.split('').join('.')}+${word}@googlemail.com`,
    (name, word) => `${name}+${word}@gmail.com`,
    (name, word) => `${name}-${word}@yahoo.com`,
    (name, word) => `${name}+${word}@yahoo.com`,
    (name, word) => `${name.split('').join('-')}+${word}@pm.me`,
    (name) => `${name.split('').join('_')}@protonmail.com`,
    (name, word) => `${word}@${name}.fastmail.com`,
    (name, word) => `${name}+${word}@fastmail.com`,
    (name, word) => `${name}+${word}@me.com`,
    (name, word) => `${name}+${word}@live.com`,
  ]

  it('gives the spellings that a provider offers one key, and two names two keys', () => {
    const spelling = fc.constantFrom(...TAGGED)
    fc.assert(
      fc.property(spelling, local, local, tag, tag, (spell, name, other, one, two) => {
        expect(toMailboxKey(spell(name, one))).toBe(toMailboxKey(spell(name, two)))
        if (name !== other) {
          expect(toMailboxKey(spell(name, one))).not.toBe(toMailboxKey(spell(other, one)))
        }
      }),
    )
  })
})
