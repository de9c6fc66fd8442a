/**
 * The built-in texts of Winkelstraat's customers and merchants, and what they mean. Winkelstraat's texts are free, but
 * IGF's list is closed, and a wrong guess would offer damaged goods to the next customer. So any text that is neither
 * here nor mapped by an operator is unknown. Texts are compared as `comparableText`; `verwachting(en)` stands for both
 * spellings. `docs/vocabulary.md` shows these tables.
 */
import type { ReturnReason } from '../facts/vendor-terms.ts';

export const languages = { nl: 'Dutch', en: 'English', de: 'German', fr: 'French' } as const;

/** Texts by language, separated by commas. */
export type Texts = Readonly<Record<keyof typeof languages, string>>;

/** The texts of a return reason. `other_bad_condition` has none: nobody's words mean it for certain. */
export const reasonTexts: Readonly<Partial<Record<ReturnReason, Texts>>> = {
  too_small: {
    nl: 'te klein, te klein besteld, te krap, valt te klein, te kort, te strak',
    en: 'too small, too tight, too short, runs small',
    de: 'zu klein, zu eng, zu kurz',
    fr: 'trop petit, trop serré, trop court',
  },
  too_big: {
    nl: 'te groot, te groot besteld, te ruim, te wijd, valt te groot, te lang',
    en: 'too big, too large, too wide, too long, runs large',
    de: 'zu groß, zu weit, zu lang',
    fr: 'trop grand, trop large, trop long',
  },
  color: {
    nl: 'kleur valt tegen, kleur bevalt niet, andere kleur verwacht dan op de foto',
    en: 'colour not as expected, do not like the color',
    de: 'Farbe gefällt nicht',
    fr: 'la couleur ne plaît pas',
  },
  style: {
    nl: 'model bevalt niet, stijl bevalt niet, staat niet mooi, niet mijn stijl',
    en: 'style not as expected, does not suit me, do not like the style',
    de: 'gefällt nicht, steht mir nicht, Stil gefällt nicht',
    fr: 'style ne convient pas, ne me va pas',
  },
  not_what_expected: {
    nl: 'voldoet niet aan verwachting(en), niet zoals verwacht, anders dan verwacht, valt tegen, kwaliteit valt tegen',
    en: 'not as expected, not what I expected, not as described',
    de: 'entspricht nicht den Erwartungen, anders als erwartet',
    fr: "ne correspond pas à mes attentes, différent de ce que j'attendais",
  },
  changed_my_mind: {
    nl: 'bedacht, van gedachten veranderd, niet meer nodig, toch niet nodig, spijt van aankoop',
    en: 'changed my mind, no longer needed, ordered by mistake',
    de: 'nicht mehr benötigt, Meinung geändert, Fehlkauf',
    fr: "changé d'avis, plus besoin",
  },
  other_good_condition: {
    nl: 'meerdere maten besteld, meerdere artikelen besteld ter keuze, meer bezorgd dan besteld, te laat geleverd, dubbel besteld, cadeau',
    en: 'ordered several sizes, arrived too late, ordered twice, gift, more delivered than ordered',
    de: 'mehrere Größen bestellt, zu spät geliefert, doppelt bestellt, Geschenk',
    fr: 'plusieurs tailles commandées, livré trop tard, commandé en double, cadeau',
  },
  broken: {
    nl: 'defect, beschadigd, kapot, gescheurd, vlek, vlekken, rits kapot',
    en: 'defective, damaged, broken, torn, stained, faulty',
    de: 'defekt, beschädigt, kaputt, gerissen, fleckig',
    fr: 'défectueux, endommagé, cassé, déchiré, taché',
  },
  wrong_item: {
    nl: 'verkeerd artikel, verkeerd artikel ontvangen, verkeerd product geleverd',
    en: 'wrong item, wrong item received, received the wrong product',
    de: 'falscher Artikel, falscher Artikel erhalten',
    fr: 'mauvais article, mauvais article reçu',
  },
  no_reason: {
    nl: 'geen reden, geen reden opgegeven, geen opgave',
    en: 'no reason, no reason given',
    de: 'kein Grund, ohne Angabe',
    fr: 'sans raison, aucune raison',
  },
};

/** Reasons that stay unknown: they can mean that something wrong was delivered, or nothing at all. */
export const ambiguousReasons: Texts = {
  nl: 'past niet, maat klopt niet, verkeerde maat, verkeerde kleur, andere kleur, anders, overig',
  en: 'does not fit, wrong size, wrong colour, other',
  de: 'passt nicht, falsche Größe, falsche Farbe, Sonstiges',
  fr: 'ne va pas, mauvaise taille, mauvaise couleur, autre',
};

/** The texts of an article's condition. */
export const conditionTexts: Readonly<Record<'good' | 'bad', Texts>> = {
  good: {
    nl: 'nieuw, ongeopend, ongedragen, als nieuw',
    en: 'new, unopened, unworn, like new',
    de: 'neu, ungeöffnet, ungetragen',
    fr: 'neuf, non ouvert, non porté',
  },
  bad: {
    nl: 'gebruikt, gedragen, beschadigd, vuil, vlekken',
    en: 'used, worn, damaged, dirty',
    de: 'gebraucht, getragen, beschädigt, schmutzig',
    fr: 'utilisé, porté, endommagé, sale',
  },
};

/** The texts of what the customer wants, or of what the merchant decided. `other`: something else than a refund. */
export const resolutionTexts: Readonly<Record<'refund' | 'other', Texts>> = {
  refund: {
    nl: 'terugbetalen, terugbetaling, geld terug',
    en: 'refund, refunded, money back',
    de: 'Rückerstattung, Erstattung',
    fr: 'remboursement, rembourser',
  },
  other: {
    nl: 'ruilen, omruilen, tegoedbon, reparatie',
    en: 'exchange, store credit, repair',
    de: 'Umtausch, Gutschein, Reparatur',
    fr: "échange, bon d'achat, réparation",
  },
};

/** The texts with which a merchant refuses a refund. In a customer's resolution they are unknown. */
export const rejectionTexts: Texts = { nl: 'afgewezen', en: 'rejected', de: 'abgelehnt', fr: 'refusé' };

/** The texts of an entry; `verwachting(en)` gives `verwachting` and `verwachtingen`. */
export const spellings = (texts: Texts): string[] =>
  Object.values(texts)
    .flatMap((list) => list.split(', '))
    .flatMap((text) => (text.includes('(') ? [text.replace(/\(.*\)/, ''), text] : [text]));
