import { z } from 'zod'

import { DomainError } from '../../domain/errors.ts'
import { readJson } from './readJson.ts'

const read = (text: string) =>
  readJson({ text, shape: z.object({ status: z.string() }), provider: 'msg91' })

it('reads JSON of the given shape', () => {
  expect(read('{"status":"1","more":2}')).toEqual({ status: '1' })
})

it.each(['', '{', 'null', '{"status":9172635}'])(
  'throws the place of a mistake, and never the value: %j',
  (text) => {
    let caught: unknown
    try {
      read(text)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(DomainError)
    expect(caught).toMatchObject({ code: 'webhook.malformed', details: { provider: 'msg91' } })
    expect(JSON.stringify(caught)).not.toContain('9172635')
  },
)
