import { orphanScore, SUGGESTED_FROM } from '../domain/orphanScore.ts'
import type { Candidate } from './loadCandidates.ts'
import type { Orphan, Suggestion } from './types.ts'

/** To whom a sale may belong, best first; of candidates of several sales, those of this one. */
export const suggest = (orphan: Orphan, candidates: Candidate[]): Suggestion[] =>
  candidates
    .map((candidate) => suggestionOf(orphan, candidate))
    .filter(({ score }) => score >= SUGGESTED_FROM)
    .sort((one, other) => other.score - one.score || (one.member < other.member ? -1 : 1))

/** What speaks for one candidate, however little. */
export const suggestionOf = (orphan: Orphan, candidate: Candidate): Suggestion => ({
  member: candidate.member,
  memberName: candidate.memberName,
  click: candidate.clickRow,
  clickedAt: candidate.click ? new Date(candidate.click.at).toISOString() : null,
  claim: candidate.claimRow,
  files: candidate.files,
  ...orphanScore(orphan, candidate),
})
