import type { LookupAddress } from 'node:dns'

import { guardLookup } from './guardLookup.ts'

type Looked = { error: string | null; addresses: unknown }

/** Resolves a name to these addresses, as the guard passes them to a connection. */
const lookUp = (addresses: string[], all: boolean): Promise<Looked> => {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const resolve = (_name: string, _options: object, done: (e: null, a: LookupAddress[]) => void) =>
    done(null, found)
  return new Promise((settle) => {
    guardLookup(resolve as never)('shop.example', { all }, (error, result) =>
      settle({ error: error?.code ?? null, addresses: result }),
    )
  })
}

describe.each([true, false])('guardLookup, asked for all addresses: %j', (all) => {
  it.each([
    [['127.0.0.1']],
    [['169.254.169.254']],
    [['8.8.8.8', '10.0.0.1']],
    [['::ffff:127.0.0.1']],
    [['2606:4700::1111', 'fe80::1']],
    [[]],
  ])('refuses a name of %j', async (addresses) => {
    expect((await lookUp(addresses, all)).error).toBe('ERR_PRIVATE_ADDRESS')
  })
})

it('guardLookup passes on the public addresses that it checked', async () => {
  expect(await lookUp(['8.8.8.8', '2606:4700::1111'], true)).toEqual({
    error: null,
    addresses: [
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ],
  })
  expect(await lookUp(['8.8.8.8'], false)).toEqual({ error: null, addresses: '8.8.8.8' })
})

it('guardLookup passes on an error of the resolver', async () => {
  const error = await new Promise((settle) => {
    guardLookup(((_name: string, _options: object, done: (e: Error) => void) =>
      done(Object.assign(new Error('none'), { code: 'ENOTFOUND' }))) as never)(
      'shop.example',
      {},
      (failure) => settle(failure?.code),
    )
  })
  expect(error).toBe('ENOTFOUND')
})
