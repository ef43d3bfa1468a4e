import { readEnv } from '../../config/env.ts'
import { openChannels } from './openChannels.ts'

const SENDGRID = { SENDGRID_API_KEY: 'SG.test', FROM_EMAIL: 'no-reply@example.test' }
const MSG91 = { MSG91_AUTH_KEY: 'key', MSG91_TEMPLATE_ID: 'flow' }
const TWILIO = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM: '+15005550006',
}
const namesOf = (source: Record<string, string>) => {
  const { email, sms } = openChannels(readEnv(source))
  return { email: email.map(({ name }) => name), sms: sms.map(({ name }) => name) }
}

describe('openChannels', () => {
  it.each([
    [{}, { email: ['inbox'], sms: ['inbox'] }],
    [SENDGRID, { email: ['sendgrid'], sms: ['inbox'] }],
    [MSG91, { email: ['inbox'], sms: ['msg91'] }],
    [TWILIO, { email: ['inbox'], sms: ['twilio'] }],
    [
      { ...SENDGRID, ...TWILIO, ...MSG91 },
      { email: ['sendgrid'], sms: ['msg91', 'twilio'] },
    ],
    [
      { ...TWILIO, ...MSG91, SMS_PROVIDERS: 'twilio, msg91' },
      { email: ['inbox'], sms: ['twilio', 'msg91'] },
    ],
    [
      { ...TWILIO, ...MSG91, SMS_PROVIDERS: 'twilio' },
      { email: ['inbox'], sms: ['twilio'] },
    ],
  ])('opens for %j the providers %j', (source, names) => {
    expect(namesOf(source)).toEqual(names)
  })

  it('accepts a message in the inbox when no provider is configured', async () => {
    const { email, sms } = openChannels(readEnv({}))
    const { signal } = new AbortController()
    const mail = { subject: '', html: '', text: '', to: '', template: '', id: '' }
    const taken = { kind: 'accepted', providerMessageId: null }
    expect(email[0]?.kind).toBe('email')
    expect(await email[0]?.send({ kind: 'email', ...mail }, { signal })).toEqual(taken)
    expect(sms[0]?.kind).toBe('sms')
  })
})
