import { Notice } from "../../../components/notice.tsx";
import { communityTexts } from "../../../texts/community.ts";

/** Where a post was that the reader reported. */
export const ReportedNote = () => (
  <Notice tone="calm" title={communityTexts.reported.title}>
    {communityTexts.reported.text}
  </Notice>
);
