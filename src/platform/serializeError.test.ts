import { serializeError } from './serializeError.ts'

const refused = Object.assign(
  new Error('Failed query: insert into people values ($1)\nparams: asha@shop.test,402913', {
    cause: Object.assign(new Error('null value in column "name"'), {
      code: '23502',
      detail: 'Failing row contains (asha@shop.test, 402913).',
    }),
  }),
  { query: 'insert into people values ($1)', params: ['asha@shop.test', '402913'] },
)

describe('a serialised error', () => {
  it.each([
    ['itself', refused],
    ['as a cause', new Error('the batch failed', { cause: refused })],
    ['within words', new Error(`Error: ${refused.message}`)],
  ])('holds no value of a refused statement: %s', (_where, error) => {
    expect(JSON.stringify(serializeError(error))).not.toMatch(/asha|402913|insert into/)
  })

  it("has the message, PostgreSQL's code and the stack", () => {
    const fault = serializeError(new Error('the batch failed', { cause: refused }))
    expect(fault).toMatchObject({
      message: 'the batch failed: null value in column "name"',
      code: '23502',
    })
    expect(fault.stack).toContain('serializeError.test')
  })

  it('keeps nothing of a value that is no error', () => {
    expect(serializeError({ token: 'secret' })).toEqual({ type: 'object', message: 'not an error' })
  })
})
