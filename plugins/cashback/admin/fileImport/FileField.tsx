import { WORKBOOK_TYPE } from '../../readFileBody.ts'

/** The input for the file. */
export const FileField = ({ onFile }: { onFile: (file: File | null) => void }) => (
  <label>
    File
    <input
      accept={`.csv,.xlsx,text/csv,${WORKBOOK_TYPE}`}
      className="t-recon__file"
      name="file"
      onChange={({ target }) => {
        onFile(target.files?.[0] ?? null)
      }}
      required
      type="file"
    />
  </label>
)
