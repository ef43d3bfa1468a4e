import { createRecentList } from './createRecentList.ts'

describe('createRecentList', () => {
  it('keeps the newest entries and drops the rest', () => {
    const newest = createRecentList<number>({ limit: 10 })
    for (let each = 1; each <= 1000; each += 1) newest.add(each)
    expect(newest.all()).toEqual([991, 992, 993, 994, 995, 996, 997, 998, 999, 1000])
    expect(newest.newest(2)).toEqual([1000, 999])
    expect(newest.newest(Infinity)).toHaveLength(10)
    expect(newest.total()).toBe(1000)
  })

  it('calls onAge once for each entry', () => {
    const aged: number[] = []
    const newest = createRecentList<number>({
      limit: 10,
      ageAfter: 3,
      onAge: (each) => aged.push(each),
    })
    for (let each = 1; each <= 50; each += 1) newest.add(each)
    expect(aged).toEqual(Array.from({ length: 47 }, (_each, index) => index + 1))
  })
})
