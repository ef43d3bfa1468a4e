import { Sign } from '../../../../src/admin/status/Sign.tsx'
import type { StoredFile } from '../../../../src/cashback/claims/storeClaimFile.ts'
import { describeFile } from './describeFile.ts'

/** Download links of a claim's files. They are untrusted, so none is displayed. */
export const ClaimFileLinks = ({ api, files }: { api: string; files: StoredFile[] }) =>
  files.length > 0 && (
    <ul aria-label="Files of the claim" className="t-files">
      {files.map(({ id, name, ...file }) => (
        <li key={id}>
          <Sign name="download" size={14} />
          <a download href={`${api}/claim-files/${id}/content`}>
            <span className="t-hidden">Download </span>
            <bdi>{name}</bdi>
          </a>
          <span className="t-muted t-nowrap">{describeFile(file)}</span>
        </li>
      ))}
    </ul>
  )
