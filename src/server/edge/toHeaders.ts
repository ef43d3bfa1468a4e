import type { IncomingMessage } from 'node:http'

/** The headers of a Node request as Payload takes them. */
export const toHeaders = ({ headers }: IncomingMessage): Headers => {
  const copied = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) copied.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return copied
}
