import { renderMessage } from './renderMessage.ts'

const context = {
  brand: 'Corner\nClub',
  locale: 'en',
  timeZone: 'Asia/Kolkata',
  link: (path: string) => `https://members.example.in${path}`,
}
const data = { code: '402913' }
const refused = (code: string) => expect.objectContaining({ name: 'DomainError', code }) as Error

describe('renderMessage', () => {
  it('renders an e-mail with subject and both parts', () => {
    expect(renderMessage({ template: 'otp', data, context, kind: 'email' })).toEqual({
      subject: 'Your OTP for Corner Club',
      html: expect.stringMatching(/^<!doctype html>/),
      text: expect.stringContaining('402913'),
    })
  })

  it('renders an SMS with its text and its DLT variables', () => {
    expect(renderMessage({ template: 'otp', data, context, kind: 'sms' })).toEqual({
      text: 'Your OTP for Corner Club is 402913. Valid for 10 minutes. Do not share.',
      variables: { brand: 'Corner Club', otp: '402913' },
    })
  })

  it.each(['hi', 'hi-IN', 'hi_IN', 'HI'])('renders Hindi for the locale "%s"', (locale) => {
    const draft = { template: 'otp', data, context: { ...context, locale } }
    expect(renderMessage({ ...draft, kind: 'email' }).text).toMatch(/\p{Script=Devanagari}/u)
    expect(renderMessage({ ...draft, kind: 'sms' }).text).toMatch(/\p{Script=Devanagari}/u)
  })

  it.each(['fr', 'hil', '', 'toString', '__proto__'])(
    'falls back to English for the locale "%s"',
    (locale) => {
      const english = renderMessage({ template: 'otp', data, context, kind: 'email' })
      const draft = {
        template: 'otp',
        data,
        context: { ...context, locale },
        kind: 'email' as const,
      }
      expect(renderMessage(draft)).toEqual(english)
    },
  )

  it('uses the language of a locale with a region', () => {
    const subjectIn = (locale: string) =>
      renderMessage({ template: 'otp', data, context: { ...context, locale }, kind: 'email' })
        .subject
    expect(subjectIn('hi-IN')).toBe('Corner Club के लिए आपका OTP')
    expect(subjectIn('en-IN')).toBe('Your OTP for Corner Club')
  })

  it.each(['no-such', 'toString', '__proto__'])(
    'refuses "%s" as an unknown template',
    (template) => {
      expect(() => renderMessage({ template, data, context, kind: 'email' })).toThrow(
        refused('messaging.unknown-template'),
      )
    },
  )

  it('refuses a channel that the template does not support', () => {
    expect(() => renderMessage({ template: 'welcome', data: {}, context, kind: 'sms' })).toThrow(
      refused('messaging.no-such-channel'),
    )
  })
})
