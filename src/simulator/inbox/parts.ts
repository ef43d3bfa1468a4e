import { faultsOf } from '../networks/serve/faultsOf.ts'
import type { State } from '../state.ts'
import type { AnyFault, Message, Provider } from '../types.ts'
import { html, type Html } from './html.ts'

/** Identifies a message in the URLs of the inbox. */
export const keyOf = ({ id, provider, to }: Message): string => `${provider}/${id}/${to}`

export const isMail = ({ provider }: Message): boolean => provider === 'sendgrid'

export const PROVIDER_NAMES = { sendgrid: 'SendGrid', twilio: 'Twilio', msg91: 'MSG91' } as const

/** Renders a time in UTC; the page's script converts it to the local time zone. */
export const renderTime = (at: string): Html =>
  html`<time datetime="${at}">${at.slice(11, 19)} UTC</time>`

/** Renders the last reported status; `accepted` before the first report. */
export const renderReported = ({ reported }: Message): Html =>
  reported
    ? html`<span class="mark is-${reported}">${reported.replace('-', ' ')}</span>`
    : html`<span class="mark">accepted</span>`

/** `1 order`, `2 orders` */
export const formatCount = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

/** A provider or network, with the faults that it can show. */
export type FaultTarget = { name: string; title: string; faults: AnyFault[] }

const CONNECTION_FAULTS: AnyFault[] = ['slow', 'reset-after-accept', 'truncated']

/** Lists the messaging providers, then the networks. */
export const listFaultTargets = (providers: Provider[], { networks }: State): FaultTarget[] => [
  ...providers.map(({ name, refusals }) => ({
    name,
    title: PROVIDER_NAMES[name],
    faults: [...(Object.keys(refusals) as AnyFault[]), ...CONNECTION_FAULTS],
  })),
  ...networks.map((network) => ({
    name: network.name,
    title: network.title,
    faults: faultsOf(network),
  })),
]

/** The title of a provider or network; its name if it is no longer simulated. */
export const titleOf = (targets: FaultTarget[], wanted: string): string =>
  targets.find(({ name }) => name === wanted)?.title ?? wanted
