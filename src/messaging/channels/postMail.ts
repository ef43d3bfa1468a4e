import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'

import type { MailDataRequired, MailService } from '@sendgrid/mail'

import type { Answer } from './outcomeOfStatus.ts'

type Post = {
  settings: { apiKey: string; baseUrl?: string | undefined }
  mail: MailDataRequired
  deadline: AbortSignal
}

/**
 * Hands one mail to SendGrid's client, and returns the answer whatever its status. A client of its
 * own each time: the package's shared one would send with the last key that anybody set.
 */
export const postMail = async ({ deadline, mail, settings }: Post): Promise<Answer> => {
  // Loaded with the first mail: most processes never send one.
  const { default: sdk } = (await import('@sendgrid/mail')) as unknown as Sdk
  const service = new sdk.MailService()
  service.setApiKey(settings.apiKey)
  // After the key, which sets it back.
  if (settings.baseUrl) service.client.setDefaultRequest('baseUrl', settings.baseUrl)
  for (const [name, value] of Object.entries({ ...REQUEST, signal: deadline })) {
    service.client.setDefaultRequest(name, value)
  }
  const [answer] = await service.send(mail)
  return {
    status: answer.statusCode,
    headers: answer.headers as Record<string, unknown>,
    body: answer.body,
  }
}

/** Its types leave out the class, the client, and what the client passes on to axios. */
type Sdk = { default: { MailService: new () => MailService & { client: Client } } }
type Client = { setDefaultRequest: (name: string, value: unknown) => void }

/**
 * No kept connections: one that the other side closes at the moment of sending leaves a message of
 * which nobody knows what became. No redirects: the key goes to nobody else.
 */
const REQUEST = {
  httpAgent: new HttpAgent({ keepAlive: false }),
  httpsAgent: new HttpsAgent({ keepAlive: false }),
  maxRedirects: 0,
  validateStatus: () => true,
}
