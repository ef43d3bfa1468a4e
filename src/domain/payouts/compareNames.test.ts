import fc from 'fast-check'

import { compareNames, type NameMatch } from './compareNames.ts'

const CASES: [string, string, NameMatch, string][] = [
  ['Rahul Sharma', 'RAHUL SHARMA', 'match', 'banks print capitals'],
  ['Rahul Sharma', 'SHARMA RAHUL', 'match', 'the order does not count'],
  ['Rahul  Sharma ', 'Rahul\u00a0Sharma', 'match', 'spaces do not count'],
  ['Rahul Sharma', 'Mr. Rahul Sharma', 'match', 'titles do not count'],
  ['Smt. Sunita Devi', 'SUNITA DEVI', 'match', 'titles do not count'],
  ['Shri Ram Prasad', 'RAM PRASAD', 'match', 'titles do not count'],
  ['Dr Anita Rao', 'MRS ANITA RAO', 'match', 'titles do not count'],
  ['Rahul K. Sharma', 'RAHUL KUMAR SHARMA', 'match', 'an initial stands for the middle name'],
  ['Rahul K Sharma', 'Rahul K Sharma', 'match', 'they are equal'],
  ['A. P. J. Abdul Kalam', 'APJ ABDUL KALAM', 'match', 'joined initials are the same letters'],
  ['Deepak Kumar', 'DEEPAKKUMAR', 'match', 'some banks drop the space'],
  ['Ｒａｈｕｌ Ｓｈａｒｍａ', 'Rahul Sharma', 'match', 'full-width letters are the same letters'],
  ['José García', 'JOSE GARCIA', 'match', 'banks drop accents'],
  ['Jürgen Groß', 'JURGEN GROSS', 'match', 'banks drop accents and write ß as ss'],
  ['Jean-Pierre Dupont', 'JEAN PIERRE DUPONT', 'match', 'a hyphen is a space'],
  ["Sean O'Brien", 'SEAN OBRIEN', 'match', 'apostrophes do not count'],
  ['Mohd. Irfan', 'MOHAMMED IRFAN', 'match', 'the short form is usual'],
  ['Rahul Sharma', 'RAHUL SHARMA S/O MOHAN SHARMA', 'match', 'the father’s name does not count'],
  ['Suresh', 'SURESH', 'match', 'some people have one name'],
  ['Sri', 'SRI', 'match', 'a title alone is a name'],
  ['राहुल शर्मा', 'श्री राहुल शर्मा', 'match', 'both are in one script'],
  ['राहुल शर्मा', 'शर्मा राहुल', 'match', 'the order does not count'],
  ['Rahul Sharma', 'RAHUL KUMAR SHARMA', 'partial', 'the member left a name out'],
  ['R Sharma', 'RAHUL SHARMA', 'partial', 'it may be another R Sharma'],
  ['S. Ramesh', 'RAMESH SUBRAMANIAN', 'partial', 'the initial stands for the father’s name'],
  ['Ramesh', 'RAMESH SUBRAMANIAN', 'partial', 'one name of two'],
  ['Priya Sharma', 'PRIYA SHRAMA', 'partial', 'two letters are swapped'],
  ['Kavitha Rao', 'KAVITA RAO', 'partial', 'a letter is missing'],
  ['Praveen Nair', 'PRAVEEM NAIR', 'partial', 'a letter differs'],
  ['Priya Sharma', 'RAHUL SHARMA', 'mismatch', 'the account is of a relative'],
  ['Rahul Sharma', 'RAHUL VERMA', 'mismatch', 'another surname'],
  ['Rahul Sharma', 'ANITA DESAI', 'mismatch', 'another person'],
  ['R S', 'RAHUL SHARMA', 'mismatch', 'initials alone prove nothing'],
  ['Amit Jain', 'AMIT JAIL', 'mismatch', 'a letter of a short word makes another name'],
  ['राहुल शर्मा', 'राहुल वर्मा', 'mismatch', 'another surname'],
  ['Rahul Karan', 'RAHUL VARAN', 'mismatch', 'the first letter makes another name'],
  ['राम कुमार', 'रमा कुमार', 'mismatch', 'vowel signs count'],
  ['राहुल शर्मा', 'RAHUL SHARMA', 'unknown', 'the scripts differ'],
  ['Rahul Sharma', '', 'unknown', 'the bank reports no name'],
  [' . ', 'RAHUL SHARMA', 'unknown', 'there is no letter'],
  ['9876543210', 'RAHUL SHARMA', 'unknown', 'there is no letter'],
]

describe('compareNames', () => {
  it.each(CASES)('%s and %s: %s, because %s', (one, other, match) => {
    expect(compareNames(one, other)).toBe(match)
  })

  it('does not depend on which name is first', () => {
    for (const [one, other, match] of CASES) expect(compareNames(other, one)).toBe(match)
  })

  it('matches every name of letters with itself, in capitals and in another order', () => {
    const word = fc.stringMatching(/^[a-z]{2,9}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const other = [...words].reverse().join(' ').toUpperCase()
        expect(compareNames(words.join(' '), other)).toBe('match')
      }),
    )
  })

  it('is the same in both directions for all texts', () => {
    const name = fc.stringMatching(/^[abß ]{0,12}$/)
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(compareNames(one, other)).toBe(compareNames(other, one))
      }),
      { numRuns: 1_000 },
    )
  })
})
