import type { CollectionBeforeValidateHook } from 'payload'

import type { User } from '../../src/payload-types.ts'
import { normalisePhone } from './normalisePhone.ts'

type Args = Parameters<CollectionBeforeValidateHook<User>>[0]
const validate = (data: Partial<User> | undefined): unknown =>
  normalisePhone({ data, req: {} } as unknown as Args)

describe('a phone number', () => {
  it.each([
    '+919876543210',
    '+91 98765 43210',
    '+91-98765-43210',
    '+91 (98765) 43210',
    '09876543210',
    '98765 43210',
    '919876543210',
    '0091 98765 43210',
    ' 9876543210 ',
  ])('is stored in E.164, however it is written: "%s"', (phone) => {
    expect(validate({ phone })).toEqual({ phone: '+919876543210' })
  })

  it.each([
    ['+1 415 555 2671', '+14155552671'],
    ['+44 20 7946 0958', '+442079460958'],
  ])('keeps its own country: %s', (phone, kept) => {
    expect(validate({ phone })).toEqual({ phone: kept })
  })

  it('is the same when it is normalised again', () => {
    const once = validate({ phone: '098765 43210' }) as Partial<User>
    expect(validate(once)).toEqual(once)
  })

  it.each(['12', '12345', '+91 12345', '999999999999999999', 'call me', ' ', '+'])(
    'is refused by its field when it is invalid: "%s"',
    (phone) => {
      expect(() => validate({ phone })).toThrow(
        expect.objectContaining({
          name: 'ValidationError',
          data: expect.objectContaining({
            errors: [expect.objectContaining({ path: 'phone' })],
          }) as unknown,
        }) as Error,
      )
    },
  )
})

describe('a write with a phone number', () => {
  it('is copied, and the given data are unchanged', () => {
    const data = { name: 'Kavita Rao', phone: '98765 43210' }
    expect(validate(data)).toEqual({ name: 'Kavita Rao', phone: '+919876543210' })
    expect(data.phone).toBe('98765 43210')
  })

  it.each([[{ name: 'Kavita Rao' }], [{ phone: null }], [{ phone: '' }], [undefined]])(
    'is unchanged without a phone number: %j',
    (data) => {
      expect(validate(data)).toBe(data)
    },
  )
})
