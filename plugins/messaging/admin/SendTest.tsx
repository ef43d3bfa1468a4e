'use client'
import { Button, useConfig } from '@payloadcms/ui'
import { useState } from 'react'

import { postToApi } from '../../../src/admin/actions/postToApi.ts'
import { AdminLink } from '../../../src/admin/layout/AdminLink.tsx'
import { Panel } from '../../../src/admin/layout/Panel.tsx'
import type { ChannelKind, Locale } from '../../../src/messaging/types.ts'
import { LANGUAGES } from './languages.ts'

type Props = {
  channels: ChannelKind[]
  locale: Locale
  /** The addresses of the signed-in user. */
  own: Partial<Record<ChannelKind, string>>
  template: string
}

const NAMES = { email: 'E-mail', sms: 'SMS' }
const FIELDS = {
  email: { label: 'E-mail address', type: 'email' },
  sms: { label: 'Phone number', type: 'tel' },
}

/** Sends the shown message to an address. */
export const SendTest = ({ channels, locale, own, template }: Props) => {
  const [channel, setChannel] = useState<ChannelKind>(channels[0] ?? 'email')
  const [typed, setTyped] = useState(own)
  const { isSending, outcome, send } = useSendTest(template)
  const { label, type } = FIELDS[channel]
  const to = typed[channel] ?? ''
  return (
    <Panel title="Send a test">
      <form
        className="t-filters t-test"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!isSending) void send({ channel, locale, to })
        }}
      >
        {channels.length > 1 && (
          <ChannelSelect channel={channel} channels={channels} onChange={setChannel} />
        )}
        <label className="t-test__to">
          {label}
          <input
            aria-describedby="test-outcome"
            aria-invalid={outcome !== null && 'refusal' in outcome}
            onChange={({ target }) => {
              setTyped({ ...typed, [channel]: target.value })
            }}
            type={type}
            value={to}
          />
        </label>
        <Button disabled={isSending} margin={false} size="small" type="submit">
          Send in {LANGUAGES[locale]}
        </Button>
      </form>
      <div aria-live="polite" id="test-outcome">
        <OutcomeLine outcome={outcome} />
      </div>
      <p className="t-foot">With example data: its codes and links open no account.</p>
    </Panel>
  )
}

const ChannelSelect = ({
  channel,
  channels,
  onChange,
}: {
  channel: ChannelKind
  channels: ChannelKind[]
  onChange: (channel: ChannelKind) => void
}) => (
  <label>
    Channel
    <select
      onChange={({ target }) => {
        onChange(channels.find((kind) => kind === target.value) ?? channel)
      }}
      value={channel}
    >
      {channels.map((kind) => (
        <option key={kind} value={kind}>
          {NAMES[kind]}
        </option>
      ))}
    </select>
  </label>
)

const OutcomeLine = ({ outcome }: { outcome: Outcome }) => {
  const { config } = useConfig()
  if (outcome === null) return null
  if ('refusal' in outcome) return <p className="t-fail">{outcome.refusal}</p>
  return (
    <p>
      In the queue for {outcome.test.to}.{' '}
      <AdminLink href={`${config.routes.admin}/collections/notifications/${outcome.id}`}>
        See its delivery
      </AdminLink>
    </p>
  )
}

type Test = { channel: string; locale: string; to: string }
type Outcome = { refusal: string } | { id: string; test: Test } | null

/** Sends a test of a template, and keeps the outcome of the latest one. */
const useSendTest = (template: string) => {
  const { config } = useConfig()
  const [isSending, setIsSending] = useState(false)
  const [outcome, setOutcome] = useState<Outcome>(null)
  const send = async (test: Test) => {
    setIsSending(true)
    setOutcome(null)
    const path = `/v1/messages/${template}/test`
    const posted = await postToApi<{ id: string }>(`${config.routes.api}${path}`, test)
    setOutcome('refusal' in posted ? posted : { id: posted.answer.id, test })
    setIsSending(false)
  }
  return { isSending, outcome, send }
}
