import type { RequestListener, ServerResponse } from 'node:http'

import { createPages } from './createPages.ts'
import { createPostbacks } from './networks/createPostbacks.ts'
import { createNetworkListener } from './networks/serve/createNetworkListener.ts'
import { createPayoutListener } from './payouts/createPayoutListener.ts'
import { createPayoutWebhooks } from './payouts/createPayoutWebhooks.ts'
import { startAutoSettle } from './payouts/startAutoSettle.ts'
import { msg91 } from './providers/msg91.ts'
import { sendgrid } from './providers/sendgrid.ts'
import { twilio } from './providers/twilio.ts'
import { receiveSend } from './receiveSend.ts'
import { createAutoDelivery } from './reports/createAutoDelivery.ts'
import { createReporter } from './reports/createReporter.ts'
import { createState, resetState } from './state.ts'

/** Creates the listener of all providers and networks. The signal ends pending reports and timers. */
export const createListener = ({ signal }: { signal: AbortSignal }): RequestListener => {
  const state = createState()
  const providers = [
    sendgrid(),
    twilio({ tokens: state.twilioTokens }),
    msg91({ templates: state.msg91Templates }),
  ]
  const report = createReporter({ signal, state })
  const autoDelivery = createAutoDelivery({ report, signal, state })
  const payoutWebhooks = createPayoutWebhooks({ signal, state })
  startAutoSettle({ signal, state })
  const pages = createPages({
    payoutWebhooks,
    providers,
    report,
    state,
    sendPostback: createPostbacks({ signal, state }),
    reset: () => {
      resetState(state)
      autoDelivery.reset()
    },
  })
  const onAccepted = autoDelivery.accepted
  const handleNetwork = createNetworkListener(state, fail)
  const handlePayout = createPayoutListener({ state, webhooks: payoutWebhooks, onError: fail })

  // Sends bypass Express, which would take most of their time: load tests need a fast provider.
  return (request, response) => {
    for (const provider of providers) {
      const match = request.method === 'POST' && provider.path.exec(request.url ?? '')
      if (!match) continue
      const params = match.groups ?? {}
      receiveSend({ provider, params, request, response, state, onAccepted }).catch(fail(response))
      return
    }
    if (handleNetwork(request, response) || handlePayout(request, response)) return
    pages(request, response)
  }
}

/** A bug of the simulator must not look like a lost answer, which is a fault. */
const fail = (response: ServerResponse) => (error: unknown) => {
  if (response.headersSent) response.destroy()
  else response.writeHead(500, { 'x-simulator-error': '1' }).end(String(error))
}
