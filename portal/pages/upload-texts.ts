import type { ComponentChildren } from 'preact';
import { shortId } from '../../core/system-id.ts';
import { LIMITS } from '../files/limits.ts';
import type { FileProblem } from '../files/open.ts';
import type { Visitor } from '../http/visitor.ts';

/** Why nothing was taken of a file: as it was opened, or as its request was verified. */
export type UploadProblem =
  | { why: FileProblem }
  /** Where the link of a QR code leads; a file does not say. */
  | { why: 'other-portal'; host?: string }
  | { why: 'signing-key-differs'; systemId: string };

/** What is wrong with an upload as a whole, or with its only file. */
export type WholeProblem = { why: 'none' | 'whole-too-large' | 'too-many' } | (UploadProblem & { name: string });

const size = LIMITS.whole / 1024 / 1024;

export function problemSentence(problem: UploadProblem, t: Visitor['t'], portalUrl: string): ComponentChildren {
  switch (problem.why) {
    case 'too-many':
      return t('upload.problem.too-many', { most: LIMITS.files });
    case 'archive-too-large':
      return t('upload.problem.archive-too-large', { size });
    case 'other-portal':
      return t('upload.problem.other-portal', { host: problem.host ?? 'unknown', own: new URL(portalUrl).host });
    case 'signing-key-differs':
      return t('upload.problem.signing-key-differs', { id: shortId(problem.systemId) });
    case 'other-link':
      return t.rich('upload.problem.other-link');
    default:
      return t(`upload.problem.${problem.why}`);
  }
}

export function wholeSentence(problem: WholeProblem, t: Visitor['t'], portalUrl: string): ComponentChildren {
  if ('name' in problem) {
    return t.rich('upload.problem.in-file', { name: problem.name, problem: problemSentence(problem, t, portalUrl) });
  }
  return t(`upload.problem.${problem.why}`, { size, most: LIMITS.files });
}
