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
  it('gives an e-mail its subject and both parts', () => {
    expect(renderMessage({ template: 'otp', data, context, kind: 'email' })).toEqual({
      subject: 'Your OTP for Corner Club',
      html: expect.stringMatching(/^<!doctype html>/),
      text: expect.stringContaining('402913'),
    })
  })

  it('gives an SMS its text and the values it was registered with', () => {
    expect(renderMessage({ template: 'otp', data, context, kind: 'sms' })).toEqual({
      text: 'Your OTP for Corner Club is 402913. Valid for 10 minutes. Do not share.',
      variables: { brand: 'Corner Club', otp: '402913' },
    })
  })

  it.each(['hi', 'hi-IN', 'hi_IN', 'HI'])('speaks Hindi to the locale "%s"', (locale) => {
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

  it('speaks the language of a locale with a region, as accounts have it', () => {
    const subjectIn = (locale: string) =>
      renderMessage({ template: 'otp', data, context: { ...context, locale }, kind: 'email' })
        .subject
    expect(subjectIn('hi-IN')).toBe('Corner Club के लिए आपका OTP')
    expect(subjectIn('en-IN')).toBe('Your OTP for Corner Club')
  })

  it.each(['no-such', 'toString', '__proto__'])(
    'refuses "%s", which is no template',
    (template) => {
      expect(() => renderMessage({ template, data, context, kind: 'email' })).toThrow(
        refused('messaging.unknown-template'),
      )
    },
  )

  it('refuses a channel in which the template says nothing', () => {
    expect(() => renderMessage({ template: 'welcome', data: {}, context, kind: 'sms' })).toThrow(
      refused('messaging.no-such-channel'),
    )
  })
})
