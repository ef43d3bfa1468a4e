import type { Message } from '../types.ts'
import { html, type Html } from './html.ts'

/** Names a message in an address of the inbox. */
export const keyOf = ({ id, provider, to }: Message): string => `${provider}/${id}/${to}`

export const isMail = ({ provider }: Message): boolean => provider === 'sendgrid'

export const PROVIDER_NAMES = { sendgrid: 'SendGrid', twilio: 'Twilio', msg91: 'MSG91' } as const

/** In UTC until the page's script knows where the reader is. */
export const timeOf = (at: string): Html =>
  html`<time datetime="${at}">${at.slice(11, 19)} UTC</time>`

/** What was last reported; nothing while the provider has only accepted it. */
export const reportedMark = ({ reported }: Message): Html =>
  reported
    ? html`<span class="mark is-${reported}">${reported.replace('-', ' ')}</span>`
    : html`<span class="mark">accepted</span>`

/** `1 order`, `2 orders` */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
