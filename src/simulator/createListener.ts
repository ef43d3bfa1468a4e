import type { RequestListener, ServerResponse } from 'node:http'

import { createPages } from './createPages.ts'
import { createPostbacks } from './networks/postbacks/createPostbacks.ts'
import { createNetworkListener } from './networks/serve/createNetworkListener.ts'
import { msg91 } from './providers/msg91.ts'
import { sendgrid } from './providers/sendgrid.ts'
import { twilio } from './providers/twilio.ts'
import { receive } from './receive.ts'
import { createAutoDelivery } from './reports/createAutoDelivery.ts'
import { createReporter } from './reports/createReporter.ts'
import { createState, forget } from './state.ts'

/** Answers for all providers and networks, until the signal ends what is still to be reported. */
export const createListener = ({ signal }: { signal: AbortSignal }): RequestListener => {
  const state = createState()
  const providers = [
    sendgrid(),
    twilio({ tokens: state.twilioTokens }),
    msg91({ templates: state.msg91Templates }),
  ]
  const report = createReporter({ signal, state })
  const autoDelivery = createAutoDelivery({ report, signal, state })
  const pages = createPages({
    providers,
    report,
    state,
    postBack: createPostbacks({ signal, state }),
    forget: () => {
      forget(state)
      autoDelivery.forget()
    },
  })
  const onAccepted = autoDelivery.accepted
  const isOfNetwork = createNetworkListener(state, fail)

  // Sends pass Express by: it would take most of their time, and storms are to meet a fast peer.
  return (request, response) => {
    for (const provider of providers) {
      const match = request.method === 'POST' && provider.path.exec(request.url ?? '')
      if (!match) continue
      const params = match.groups ?? {}
      receive({ provider, params, request, response, state, onAccepted }).catch(fail(response))
      return
    }
    if (!isOfNetwork(request, response)) pages(request, response)
  }
}

/** A stumble of ours is not to look like a lost answer, which a fault is. */
const fail = (response: ServerResponse) => (error: unknown) => {
  if (response.headersSent) response.destroy()
  else response.writeHead(500, { 'x-simulator-error': '1' }).end(String(error))
}
