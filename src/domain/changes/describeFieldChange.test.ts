import { describeFieldChange } from './describeFieldChange.ts'

it.each([
  ['service-accounts', 'apiKey', null, 'API key: ••• → a new one'],
  ['networks', 'credentials', null, 'Credentials: ••• → a new one'],
  ['networks', 'settings', { baseUrl: 'https://a.example' }, 'baseUrl https://a.example'],
  ['networks', 'settings', {}, 'none → none'],
  ['merchants', 'categories', [{ name: 'Shoes', rateBps: 450 }], 'name Shoes, rateBps 4.5'],
  [
    'finance-config',
    'secondPerson',
    [{ currency: 'INR', aboveMinor: 500_000 }],
    'INR: above ₹5,000.00',
  ],
])('a change of %s.%s is described by its values', (subject, field, after, text) => {
  const { from, label, to } = describeFieldChange(subject, { field, before: null, after })
  expect(`${label}: ${from} → ${to}`).toContain(text)
})
