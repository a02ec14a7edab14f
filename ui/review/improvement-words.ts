import type { ImprovementState } from "../lib/bindings/ImprovementState";

/** What is told of the pass over a call's recording. */
export function improvementWords({ step, done, total }: ImprovementState): string {
  switch (step.is) {
    case "working":
      return `The recording is being transcribed again, ${total > 0 ? Math.floor((100 * done) / total) : 0} %`;
    case "waiting":
      return "The recording will be transcribed again when the running call has ended.";
    case "kept":
      return "The recording was transcribed again.";
    case "failed":
      return `The recording could not be transcribed again: ${step.notice.message}. ${step.notice.what_to_do}`;
  }
}
