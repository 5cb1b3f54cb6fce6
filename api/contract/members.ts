import { z } from 'zod';

/** Members that many operations share. */

export const id = z.uuid().describe('A random id of ours.');
export const number = z
  .string()
  .regex(/^\d{8}$/, 'A registration number has eight digits.')
  .describe('A registration number: eight digits.')
  .meta({ examples: ['48172065'] });
export const time = z.iso.datetime().describe('RFC 3339, UTC.');
export const date = z.iso.date();
export const name = z.string().max(200);

/** A System ID that came from the portal: 60 symbols. */
export const systemId = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{60}$/)
  .describe('A System ID: 60 symbols, upper case, without hyphens.');
export const shortId = z.string().describe('The first ten symbols, for people: 342GS-3J21S.');

export const how = z
  .enum(['carried', 'typed', 'file'])
  .describe('carried: by a browser, from the server itself. file: in a file or QR code, which can be copied.');

const LARGEST_PAGE = 100;
const ONE_PAGE = 25;

/** What every list takes. */
export const paging = {
  cursor: z.string().max(2000).optional().describe('From `next` of the page before. It means nothing by itself.'),
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(ONE_PAGE).describe('The most items of a page.'),
};

export const search = z
  .string()
  .max(200)
  .optional()
  .describe('Every word stands in site, company, city, server name or number; or a piece of a System ID.');

/** A page of a list. `next` is absent on the last. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item),
    next: z.string().optional().describe('The `cursor` of the next page; the header Link has its address.'),
  });

/** What came of an act on a registration. */
export const done = <const Outcome extends string>(name: string, outcomes: readonly Outcome[]) =>
  z
    .strictObject({
      outcome: z.enum(outcomes).describe('already: it was done before, and nothing was changed.'),
      registration: number,
    })
    .meta({ id: name });
