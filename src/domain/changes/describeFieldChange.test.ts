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
  [
    'payout-config',
    'rules',
    [{ currency: 'INR', kind: 'upi', isOn: true, maxMinor: 500_000, coolOffHours: 72 }],
    'INR upi: is on, each up to ₹5,000.00, cool-off hours 72',
  ],
])('a change of %s.%s is described by its values', (subject, field, after, text) => {
  const { from, label, to } = describeFieldChange(subject, { field, before: null, after })
  expect(`${label}: ${from} → ${to}`).toContain(text)
})
