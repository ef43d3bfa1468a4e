import { maskForSms, smsAmount, smsText } from './smsText.ts'
import type { TemplateContext } from '../types.ts'

const context: TemplateContext = {
  brand: 'Tributary',
  locale: 'en',
  timeZone: 'Asia/Kolkata',
  link: (path) => path,
}
const { sms, smsVariables } = smsText<{ merchant: string }>({
  texts: { en: '{brand}: Rs.{merchant}' },
  variables: ({ merchant }) => ({ merchant }),
})

describe('smsText', () => {
  it.each([
    ['what a phone of GSM has not', '“Asha’s” – x', `"Asha's" - x`],
    ['a value that looks like a variable', '{brand}', '{brand}'],
    ['more than the 30 characters of a DLT variable', 'a'.repeat(31), 'a'.repeat(30)],
    ['a letter with its marks, whole', `${'a'.repeat(29)}कि`, 'a'.repeat(29)],
  ])('sends and declares the same value for %s', (_case, merchant, value) => {
    expect(smsVariables({ merchant }, context)).toEqual({ brand: 'Tributary', merchant: value })
    expect(sms({ merchant }, context)).toBe(`Tributary: Rs.${value}`)
  })

  it('is English when the language has no text', () => {
    expect(sms({ merchant: 'x' }, { ...context, locale: 'hi' })).toBe('Tributary: Rs.x')
  })
})

describe('smsAmount', () => {
  it.each([
    [12_345_678, 'INR', '1,23,456.78'],
    [5, 'INR', '0.05'],
    [Number.MAX_SAFE_INTEGER, 'INR', '9,00,71,99,25,47,409.91'],
    [500, 'JPY', 'JPY 500'],
  ])('formats %i in %s as %s', (amountMinor, currency, text) => {
    expect(smsAmount(amountMinor, currency)).toBe(text)
  })
})

it.each([
  ['•••• 6620', '**** 6620'],
  ['DE•• … 3000', 'DE** ... 3000'],
  ['ra•••@okhdfc', 'ra***@okhdfc'],
])('a masked account %s is written %s', (masked, text) => {
  expect(maskForSms(masked)).toBe(text)
})
