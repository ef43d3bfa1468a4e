import type { Request } from 'express'

import { startEdge } from '../../../test/support/startEdge.ts'
import { requestId } from './requestId.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const seen = ({ headers }: Request) => ({
  id: headers['x-request-id'],
  client: headers['x-tributary-client-request-id'],
})

let edge: Awaited<ReturnType<typeof startEdge>>
beforeAll(async () => {
  edge = await startEdge(requestId, (request, response) => {
    response.json(seen(request))
  })
})
afterAll(() => edge.close())

const send = async (headers: Record<string, string>) => {
  const response = await fetch(edge.url, { headers })
  const body = (await response.json()) as ReturnType<typeof seen>
  return { ...body, answered: response.headers.get('x-request-id') }
}

it.each([
  ['none', {}, undefined],
  ['a well-formed one', { 'X-Request-Id': 'proxy-12345' }, 'proxy-12345'],
  ['one that is too short', { 'X-Request-Id': 'proxy' }, undefined],
  ['one with other characters', { 'X-Request-Id': 'proxy 12345"' }, undefined],
  ['a forged header of ours', { 'X-Tributary-Client-Request-Id': 'forged-12345' }, undefined],
])('of a client that sends %s, the request gets an id of ours', async (_case, headers, client) => {
  const sent = await send(headers)
  expect(sent).toEqual({ id: sent.answered, answered: expect.stringMatching(UUID), client })
})
