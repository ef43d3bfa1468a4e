import { Sign } from '../../../../src/admin/status/Sign.tsx'

/** The reason of a refusal inside a dialog; announced when it appears. */
export const Refusal = ({ text }: { text: string | null }) => (
  <div role="alert">
    {text && (
      <p className="t-desk__refusal t-fail">
        <Sign name="warning" />
        <span>{text}</span>
      </p>
    )}
  </div>
)
