import { checkSort } from './capLists.ts'

const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`)

const refusalOf = (sort: unknown, isStaff = true): unknown => {
  try {
    checkSort(sort, { isStaff })
    return null
  } catch (error) {
    return error
  }
}

describe('a sort', () => {
  it.each<[string, unknown]>([
    ['that is absent', undefined],
    ['by one field', '-createdAt'],
    ['by 10 fields', names(10).join(',')],
    ['by 10 fields in a list', names(10)],
    ['over 5 relations', names(6).join('.')],
    ['that Payload ignores', { a: 'b' }],
  ])('%s is accepted', (_name, sort) => {
    expect(refusalOf(sort)).toBeNull()
  })

  it.each<[string, unknown]>([
    ['by 11 fields', names(11).join(',')],
    ['by 11 fields in a list', names(11)],
    ['over 6 relations', names(7).join('.')],
    ['over 6 relations by its second field', ['a', names(7).join('.')]],
  ])('%s is refused', (_name, sort) => {
    expect(refusalOf(sort)).toMatchObject({
      code: 'request.query-too-deep',
      details: { field: 'sort' },
    })
  })

  it.each([['user.email'], ['-payment.user.name'], ['user__email'], [['reference', 'user.email']]])(
    'by related rows is refused to all but staff: %j',
    (sort) => {
      expect(refusalOf(sort, false)).toMatchObject({ code: 'request.invalid-query' })
    },
  )
})
