import { parseMessageChoice, messageHref } from './parseMessageChoice.ts'

it.each([
  [{}, { template: 'welcome', locale: 'en', width: 'desktop' }],
  [
    { template: 'otp', locale: 'hi', width: 'phone' },
    { template: 'otp', locale: 'hi', width: 'phone' },
  ],
  [
    { template: ['otp', 'welcome'], locale: 'fr', width: '' },
    { template: 'welcome', locale: 'en', width: 'desktop' },
  ],
])('the query %j is parsed as %j', (query, choice) => {
  expect(parseMessageChoice(query)).toEqual(choice)
})

it.each([
  [{ template: 'otp', locale: 'hi', width: 'phone' }, '?template=otp&locale=hi&width=phone'],
  [{ template: 'a&b', locale: 'en', width: 'desktop' }, '?template=a%26b&locale=en'],
] as const)('%j has the address %s', (choice, query) => {
  expect(messageHref('/admin/messages', choice)).toBe(`/admin/messages${query}`)
})
