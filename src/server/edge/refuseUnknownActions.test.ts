import { listenLocally } from '../../../test/support/listenLocally.ts'
import { createEdgeServer } from './createEdgeServer.ts'
import { isAdminPath, refuseUnknownActions } from './refuseUnknownActions.ts'

let edge: Awaited<ReturnType<typeof listenLocally>>
beforeAll(async () => {
  const refuse = refuseUnknownActions(new Set(['known']))
  edge = await listenLocally(
    createEdgeServer((_request, response) => response.end('a page'), { refuse }),
  )
})
afterAll(() => edge.close())

it.each([
  ['a page', 'GET', {}, 200],
  ['a known function', 'POST', { 'Next-Action': 'known' }, 200],
  ['an unknown function', 'POST', { 'Next-Action': 'unknown' }, 404],
  ['an unknown function by a read', 'GET', { 'Next-Action': 'unknown' }, 404],
  ['a form without a function', 'POST', {}, 404],
  ['a deletion', 'DELETE', {}, 404],
])('%s is answered as it should be: %s %j %i', async (_case, method, headers, status) => {
  const response = await fetch(edge.url, { method, headers: headers as Record<string, string> })
  expect(response.status).toBe(status)
  if (status === 200) return
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await response.json()).toEqual({
    errors: [{ code: 'request.not-found', message: 'Not found.' }],
  })
})

it.each([
  ['/admin', true],
  ['/ADMIN/login', true],
  ['/admin?x=1', true],
  ['/administrators', false],
  ['/api/users', false],
])('%s is a page of the admin: %s', (url, expected) => {
  expect(isAdminPath(url)).toBe(expected)
})
