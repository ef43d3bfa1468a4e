import fc from 'fast-check'

import { renderMessage } from '../renderMessage.ts'
import { countSegments } from '../sms/countSegments.ts'
import type { EmailContent, TemplateContext } from '../types.ts'
import { findTemplate, templates } from './index.ts'

const contextIn = (locale: 'en' | 'hi', brand = 'Tributary'): TemplateContext => ({
  brand,
  locale,
  timeZone: 'Asia/Kolkata',
  link: (path) => `https://members.example.in${path}`,
})
const emailOf = (name: string, locale: 'en' | 'hi', data = findTemplate(name).sample) =>
  renderMessage({ template: name, data, context: contextIn(locale), kind: 'email' })
const smsOf = (name: string, locale: 'en' | 'hi', data = findTemplate(name).sample) =>
  renderMessage({ template: name, data, context: contextIn(locale), kind: 'sms' })

const LOCALES = ['en', 'hi'] as const
/** All but `plain-email`, which passes on the text of others. */
const ours = templates.filter(({ name }) => name !== 'plain-email')
const names = ours.map(({ name }) => name)
const withSms = ours.filter((template) => 'sms' in template).map(({ name }) => name)
const each = (of: string[]) => of.flatMap((name) => LOCALES.map((locale) => ({ name, locale })))
const FOOTER = 'https://members.example.in/account/notifications'

/** What each message must contain for its sample, in the HTML and in the text part. */
const REQUIRED: Record<string, Record<'en' | 'hi', string[]>> = {
  welcome: {
    en: [
      'Asha Rao',
      'Cashback:',
      'Commission:',
      'Withdrawals:',
      '/verify-email?token=q3Zt8Rr0',
      FOOTER,
    ],
    hi: ['Asha Rao', 'कैशबैक:', 'कमीशन:', 'निकासी:', '/verify-email?token=q3Zt8Rr0', FOOTER],
  },
  'verify-email': {
    en: ['Asha Rao', '/verify-email?token=q3Zt8Rr0', 'ignore this message'],
    hi: ['Asha Rao', '/verify-email?token=q3Zt8Rr0', 'ध्यान न दें'],
  },
  'account-changed': {
    en: ['Asha Rao', 'as•••@example.in', 'set a new password'],
    hi: ['Asha Rao', 'as•••@example.in', 'नया पासवर्ड बनाएँ'],
  },
  'already-registered': {
    en: ['Asha Rao', '/forgot-password', 'your account is unchanged'],
    hi: ['Asha Rao', '/forgot-password', 'आपका खाता वैसा ही है'],
  },
  otp: {
    en: ['402913', '10 minutes', 'Do not share this code'],
    hi: ['402913', '10 मिनट', 'यह कोड किसी को न बताएँ'],
  },
  'payout-method-code': {
    en: ['402913', '•••• 6620', '10 minutes', 'Do not share this code', 'change your password'],
    hi: ['402913', '•••• 6620', '10 मिनट', 'यह कोड किसी को न बताएँ', 'पासवर्ड बदलें'],
  },
  'payout-method-changed': {
    en: ['Asha Rao', '•••• 6620', 'was confirmed', '24 November 2026', 'set a new password'],
    hi: ['Asha Rao', '•••• 6620', 'पुष्टि हुई', '24 नवंबर 2026', 'नया पासवर्ड बनाएँ'],
  },
  'order-confirmed': {
    en: ['Asha Rao', 'TR-10482', '₹12,499.00', 'Items', 'View order', '/orders/TR-10482', FOOTER],
    hi: ['Asha Rao', 'TR-10482', '₹12,499.00', 'आइटम', 'ऑर्डर देखें', '/orders/TR-10482', FOOTER],
  },
  'cashback-credited': {
    en: ['₹125.50', 'Corner & Co', '₹1,23,456.78', 'New balance', 'View wallet', '/wallet', FOOTER],
    hi: ['₹125.50', 'Corner & Co', '₹1,23,456.78', 'नया बैलेंस', 'वॉलेट देखें', '/wallet', FOOTER],
  },
  'cashback-tracked': {
    en: ['Asha Rao', '₹125.50', 'Corner & Co', 'pending', 'View wallet', '/wallet', FOOTER],
    hi: ['Asha Rao', '₹125.50', 'Corner & Co', 'लंबित', 'वॉलेट देखें', '/wallet', FOOTER],
  },
  'cashback-changed': {
    en: ['Asha Rao', '₹125.50', '₹80.00', 'Corner & Co', 'before', 'now', '/wallet', FOOTER],
    hi: ['Asha Rao', '₹125.50', '₹80.00', 'Corner & Co', 'पहले', 'अब', '/wallet', FOOTER],
  },
  'cashback-on-hold': {
    en: ['Asha Rao', '₹125.50', 'Corner & Co', 'back on hold', 'not declined', '/wallet', FOOTER],
    hi: ['Asha Rao', '₹125.50', 'Corner & Co', 'रुका हुआ', 'अस्वीकार नहीं', '/wallet', FOOTER],
  },
  'cashback-declined': {
    en: ['Asha Rao', '₹125.50', 'Corner & Co', 'Taken out of your wallet', '/wallet', FOOTER],
    hi: ['Asha Rao', '₹125.50', 'Corner & Co', 'आपके वॉलेट से वापस लिया गया', '/wallet', FOOTER],
  },
  'claim-answered': {
    en: ['Asha Rao', 'Corner & Co', 'OD-118293', 'The merchant has cancelled', '/wallet', FOOTER],
    hi: ['Asha Rao', 'Corner & Co', 'OD-118293', 'The merchant has cancelled', '/wallet', FOOTER],
  },
  'withdrawal-processed': {
    en: [
      '₹5,000.00',
      'Bank account',
      '•••• 6620',
      'Tuesday, 24 November 2026, 6:00 pm IST',
      FOOTER,
    ],
    hi: ['₹5,000.00', 'बैंक खाता', '•••• 6620', 'मंगलवार, 24 नवंबर 2026, 18:00 IST', FOOTER],
  },
  'password-reset': {
    en: [
      'Asha Rao',
      '/reset-password?token=7f1c0d6be2a94c53',
      '60 minutes',
      'Do not share the link',
    ],
    hi: ['Asha Rao', '/reset-password?token=7f1c0d6be2a94c53', '60 मिनट', 'यह लिंक किसी को न दें'],
  },
  'commission-earned': {
    en: ['Asha Rao', '₹250.00', '₹10,375.50', 'New balance', 'A friend you invited', FOOTER],
    hi: ['Asha Rao', '₹250.00', '₹10,375.50', 'नया बैलेंस', 'एक दोस्त', FOOTER],
  },
  'commission-reversed': {
    en: ['Asha Rao', '₹250.00', '−₹45.00', 'Taken out of your wallet', 'New balance', FOOTER],
    hi: ['Asha Rao', '₹250.00', '−₹45.00', 'वॉलेट से वापस लिया गया', 'नया बैलेंस', FOOTER],
  },
  'change-requested': {
    en: ['Asha Rao', 'Meera Nair', 'Finance config', '₹50,000.00', '24 November 2026', 'Changes'],
    hi: ['Asha Rao', 'Meera Nair', 'Finance config', '₹50,000.00', '24 नवंबर 2026', 'अस्वीकार'],
  },
  'network-stale': {
    en: ['Admitad', 'could not be read', '17 November 2026', 'api.admitad.com', 'approved by age'],
    hi: ['Admitad', 'पढ़ा नहीं जा सका', '17 नवंबर 2026', 'api.admitad.com', 'पिछली समस्या'],
  },
}

const SMS: Record<string, Record<'en' | 'hi', string>> = {
  otp: {
    en: 'Your OTP for Tributary is 402913. Valid for 10 minutes. Do not share.',
    hi: 'Tributary के लिए आपका OTP 402913 है। 10 मिनट तक मान्य। किसी को न बताएँ।',
  },
  'payout-method-code': {
    en: 'Your OTP for Tributary to receive withdrawals to **** 6620 is 402913. Valid for 10 minutes. Do not share.',
    hi: '**** 6620 पर निकासी पाने के लिए Tributary का OTP 402913 है। 10 मिनट तक मान्य। किसी को न बताएँ।',
  },
  'payout-method-changed': {
    en: 'Payout method **** 6620 was confirmed in your Tributary account. If it was not you, change your password and contact us.',
    hi: 'Tributary: भुगतान का तरीक़ा **** 6620 पक्का हुआ। यह आपने नहीं किया? पासवर्ड बदलें और हमें बताएँ।',
  },
  'order-confirmed': {
    en: 'Order TR-10482 confirmed! Amount: Rs.12,499.00. Thank you for shopping with Tributary.',
    hi: 'ऑर्डर TR-10482 की पुष्टि हो गई! राशि: रु.12,499.00। - Tributary',
  },
  'cashback-credited': {
    en: 'Rs.125.50 cashback credited to your wallet from Corner & Co. - Tributary',
    hi: 'Corner & Co से रु.125.50 कैशबैक आपके वॉलेट में जमा। - Tributary',
  },
  'withdrawal-processed': {
    en: 'Withdrawal of Rs.5,000.00 processed successfully. - Tributary',
    hi: 'रु.5,000.00 की निकासी सफल रही। - Tributary',
  },
  'commission-earned': {
    en: "Rs.250.00 commission credited to your wallet from a friend's order. - Tributary",
    hi: 'दोस्त के ऑर्डर से रु.250.00 कमीशन आपके वॉलेट में जमा। - Tributary',
  },
}

/** The visible text of the HTML. */
const seen = ({ html }: EmailContent): string =>
  html
    .replaceAll('\u00a0', ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')

/** Its tags and their attributes, without quoted values. */
const skeletonOf = ({ html }: EmailContent): string =>
  (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""')).join('\n')

/** Values that are choices or instants, not typed text. */
const FIXED = new Set(['currency', 'expectedBy', 'kind', 'since', 'takesEffectAt', 'usableFrom'])
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<script>',
        '</td>',
        '<b onload="',
        '"',
        "'",
        '`',
        '>',
        '<!--',
        '-->',
        '&lt;',
      ),
      fc.constantFrom(
        '{brand}',
        '${x}',
        '\r\nBcc: all',
        '\u202e',
        '<![endif]',
        '</style>',
        'javascript:',
      ),
      fc.string(),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => `x${parts.join('')}`)
const hostileFor = (sample: object) =>
  fc.record(
    Object.fromEntries(
      Object.entries(sample).map(([field, value]: [string, unknown]) => [
        field,
        typeof value === 'string' && !FIXED.has(field) ? hostile : fc.constant(value),
      ]),
    ),
  )

describe('the templates', () => {
  it('have unique names, and are found by them', () => {
    const all = templates.map(({ name }) => name)
    expect(new Set(all).size).toBe(all.length)
    expect(all.map((name) => findTemplate(name).name)).toEqual(all)
    expect([...names].sort()).toEqual(Object.keys(REQUIRED).sort())
    expect([...withSms].sort()).toEqual(Object.keys(SMS).sort())
  })

  it('with a code or a link that opens an account are secret, and always sent or a welcome', () => {
    const holding = ours.filter(({ sample }) => /code|token|link/i.test(Object.keys(sample).join()))
    expect(holding.every(({ isSecret }) => isSecret)).toBe(true)
    expect(holding.map(({ lane, name, category }) => [name, lane, category])).toEqual([
      ['welcome', 'bulk', 'account'],
      ['verify-email', 'otp', 'security'],
      ['otp', 'otp', 'security'],
      ['payout-method-code', 'otp', 'security'],
      ['password-reset', 'otp', 'security'],
    ])
  })
})

it('plain-email passes on the text unchanged, and is secret because its content is not known', () => {
  expect(findTemplate('plain-email')).toMatchObject({ isSecret: true, category: 'security' })
  const data = { subject: 'Hi', html: '<b>as it is</b>', lines: ['as', 'it is'] }
  expect(emailOf('plain-email', 'hi', data)).toEqual({
    subject: 'Hi',
    html: '<b>as it is</b>',
    text: 'as\nit is',
  })
})

describe.each(each(names))('the e-mail $name in $locale', ({ name, locale }) => {
  const content = emailOf(name, locale)

  it('contains the required statements in the HTML and in the text part', () => {
    for (const statement of REQUIRED[name]?.[locale] ?? []) {
      expect(seen(content)).toContain(statement)
      expect(content.text.replace(/\s/g, ' ')).toContain(statement)
    }
  })

  it('has no unfilled placeholder and no raw value', () => {
    expect(`${content.subject}\n${content.text}`).not.toMatch(
      /undefined|\bnull\b|NaN|\[object|[{}]|Invalid Date/,
    )
    expect(content.html).not.toMatch(/undefined|\bnull\b|NaN|\[object|\$\{|Invalid Date/)
  })

  it('has no scripts and no external resources, and has inline styles', () => {
    expect(content.html).not.toMatch(
      /<(script|link|img|iframe|form|object)\b|@import|url\(|\ssrc=/i,
    )
    expect(content.html.match(/<style>/g)).toHaveLength(1)
    const painted = content.html.match(/<(h1|p|th|td|a|div|body|table)\b(?![^>]*style=")[^>]*>/g)
    // Outlook's own table, in a comment, needs none.
    expect((painted ?? []).filter((tag) => !/width="560"|^<td>$/.test(tag))).toEqual([])
  })

  it('declares its language, and supports light and dark', () => {
    expect(content.html).toContain(`<html lang="${locale}"`)
    expect(content.html).toContain('content="light dark"')
    expect(content.html).toContain('@media (prefers-color-scheme: dark)')
  })

  it('has a text part with lines that mail servers do not break', () => {
    const lines = content.text.split('\n').filter((line) => !line.startsWith('https://'))
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(78)
    expect(content.text).not.toMatch(/<[a-z/!]|&[a-z#0-9]+;|\n{3}/i)
  })

  it('escapes typed text', () => {
    const { sample } = findTemplate(name)
    const expected = skeletonOf(content)
    fc.assert(
      fc.property(hostileFor(sample), hostile, (data, brand) => {
        const context = contextIn(locale, brand)
        const made = renderMessage({ template: name, data, context, kind: 'email' })
        expect(skeletonOf(made)).toBe(expected)
        expect(made.subject).not.toMatch(/[\r\n]/)
        expect(made.text).not.toMatch(/[\r\u202e]/)
      }),
      { numRuns: 40 },
    )
  })
})

it.each(names)('%s renders a typed line break as a space in every part', (name) => {
  const typed = (end: string) => ({
    ...Object.fromEntries(
      Object.entries(findTemplate(name).sample).map(([field, value]: [string, unknown]) => [
        field,
        typeof value === 'string' && !FIXED.has(field) ? `${value}${end}` : value,
      ]),
    ),
  })
  expect(emailOf(name, 'en', typed('\r\nBcc: all'))).toEqual(
    emailOf(name, 'en', typed(' Bcc: all')),
  )
})

describe.each(each(withSms))('the SMS $name in $locale', ({ name, locale }) => {
  it('is the registered text with its values', () => {
    const { text, variables } = smsOf(name, locale)
    expect(text).toBe(SMS[name]?.[locale])
    for (const value of Object.values(variables)) expect(text).toContain(value)
    expect(text).not.toMatch(/[{}₹]/)
  })

  it('fits one GSM message in English, two in Hindi', () => {
    const { alphabet, segments } = countSegments(smsOf(name, locale).text)
    expect(alphabet).toBe(locale === 'en' ? 'gsm' : 'ucs2')
    expect(segments).toBeLessThanOrEqual(locale === 'en' ? 1 : 2)
  })

  it('stays within the limits of DLT for any typed text', () => {
    const { sample } = findTemplate(name)
    fc.assert(
      fc.property(hostileFor(sample), (data) => {
        const { text, variables } = smsOf(name, locale, data)
        for (const value of Object.values(variables)) expect(value.length).toBeLessThanOrEqual(30)
        expect(text).not.toMatch(/[\r\n]/)
        expect(countSegments(text).segments).toBeLessThanOrEqual(3)
      }),
    )
  })
})

describe('optional data', () => {
  const without = (name: string, field: string): object => ({
    ...findTemplate(name).sample,
    [field]: null,
  })

  it.each(names.filter((name) => 'name' in findTemplate(name).sample))(
    '%s greets a member without a name',
    (name) => {
      expect(emailOf(name, 'en', without(name, 'name')).text).toMatch(/^Hello,\n/)
      expect(emailOf(name, 'hi', without(name, 'name')).text).toMatch(/^नमस्ते,\n/)
    },
  )

  it('welcome links to the wallet when the address is confirmed', () => {
    const { html, text } = emailOf('welcome', 'en', without('welcome', 'verificationToken'))
    expect(text).toContain('View wallet:\nhttps://members.example.in/wallet\n')
    expect(`${html}${text}`).not.toContain('onfirm')
  })

  it('withdrawal-processed shows an unknown payout method by its name', () => {
    const { sample } = findTemplate('withdrawal-processed')
    const { text } = emailOf('withdrawal-processed', 'en', { ...sample, method: 'store-credit' })
    expect(text).toContain('Method: Store credit')
  })

  it.each([
    ['USD', 'USD 125.50 cashback', '$125.50'],
    ['JPY', 'JPY 12,550 cashback', 'JP¥12,550'],
    ['KWD', 'KWD 12.550 cashback', 'KWD 12.550'],
  ])('formats %s with its own decimals, never as rupees', (currency, sms, email) => {
    const data = { ...findTemplate('cashback-credited').sample, currency }
    expect(smsOf('cashback-credited', 'en', data).text).toMatch(new RegExp(`^${sms}`))
    expect(countSegments(smsOf('cashback-credited', 'en', data).text).alphabet).toBe('gsm')
    expect(emailOf('cashback-credited', 'en', data).text.replaceAll('\u00a0', ' ')).toContain(email)
  })

  it.each(['added', 'confirmed', 'removed'])(
    'payout-method-changed names the event: %s',
    (kind) => {
      const data = { kind, method: 'ra•••@okhdfc' }
      expect(emailOf('payout-method-changed', 'en', data).text).toContain(kind)
      const { segments, alphabet } = countSegments(smsOf('payout-method-changed', 'en', data).text)
      expect([segments, alphabet]).toEqual([1, 'gsm'])
      expect(countSegments(smsOf('payout-method-changed', 'hi', data).text).segments).toBe(2)
    },
  )

  it.each(['otp', 'payout-method-code'])(
    'the subject and the preview of the e-mail %s do not contain the code',
    (name) => {
      const { html, subject } = emailOf(name, 'en')
      expect(subject).not.toContain('402913')
      expect(html.split('402913')).toHaveLength(2)
    },
  )
})
