import type { PayloadRequest } from 'payload'

import { readJsonBody } from './readBody.ts'

const sent = (text: string) =>
  readJsonBody({ text: () => Promise.resolve(text) } as PayloadRequest, ['active', 'reason'])

describe('the body of a request', () => {
  it.each([
    ['', {}],
    ['  \n', {}],
    ['{}', {}],
    ['{"active":true}', { active: true }],
    ['{"reason":null,"active":1}', { reason: null, active: 1 }],
  ])('%j is read as %j', async (text, body) => {
    expect(await sent(text)).toEqual(body)
  })

  it.each(['[]', 'null', '"text"', '1', '{', 'no'])('%j is refused', async (text) => {
    await expect(sent(text)).rejects.toMatchObject({ code: 'request.malformed-body' })
  })

  it.each(['amount', '__proto__', 'constructor'])(
    'with the unknown field %s is refused with its name',
    async (name) => {
      await expect(sent(`{"active":true,"${name}":1}`)).rejects.toMatchObject({
        code: 'request.unknown-field',
        details: { field: name },
      })
    },
  )
})
