import { faultOf } from './faultOf.ts'

const refused = Object.assign(
  new Error('Failed query: insert into people values ($1)\nparams: asha@shop.test,402913', {
    cause: Object.assign(new Error('null value in column "name"'), {
      code: '23502',
      detail: 'Failing row contains (asha@shop.test, 402913).',
    }),
  }),
  { query: 'insert into people values ($1)', params: ['asha@shop.test', '402913'] },
)

describe('what is kept of an error', () => {
  it.each([
    ['itself', refused],
    ['as a cause', new Error('the batch failed', { cause: refused })],
    ['within words', new Error(`Error: ${refused.message}`)],
  ])('holds no value of a refused statement: %s', (_where, error) => {
    expect(JSON.stringify(faultOf(error))).not.toMatch(/asha|402913|insert into/)
  })

  it('says what was wrong, with PostgreSQL’s code, and where', () => {
    const fault = faultOf(new Error('the batch failed', { cause: refused }))
    expect(fault).toMatchObject({
      message: 'the batch failed: null value in column "name"',
      code: '23502',
    })
    expect(fault.stack).toContain('faultOf.test')
  })

  it('keeps nothing of what is no error', () => {
    expect(faultOf({ token: 'secret' })).toEqual({ type: 'object', message: 'not an error' })
  })
})
