// The other parts of the card: people of the work, place, money by year,
// contracts, payments, milestones, documents, history.

import { h } from './dom.js';
import { bytes, date, money, number } from './format.js';
import { has, pick, t, title, tn } from './i18n.js';
import { NO_FILTERS, set } from './state.js';
import { stateLink } from './rows.js';
import { icon } from './symbols.js';

/** A text of a record with the language it is in. */
export function said(record, name) {
  const found = pick(record, name);
  return found && h('span', { lang: found.lang }, found.text);
}

/** A folded part with its count; nothing when it has no rows. */
function part(key, rows, write) {
  if (!rows || rows.length === 0) return null;
  return h('details', { class: 'card-part' },
    h('summary', {}, h('h3', {}, t(`card.${key}`)),
      h('span', { class: 'count' }, number(rows.length))),
    h('ul', { class: 'rows' }, rows.map((row) => h('li', {}, write(row)))));
}

const dot = (...parts) => parts.filter(Boolean)
  .flatMap((p, i) => (i === 0 ? [p] : [' · ', p]));

const origin = (row) => h('p', { class: 'muted' },
  t('card.origin', { date: date(row.as_of), source: row.source }));

const known = (value) => value !== null && value !== undefined;

// A code of a list that may have grown: its title, else the code.
const coded = (list, code) => (code && has(`${list}.${code}`)
  ? title(list, code) : code);

function organisation(role, name, bin) {
  const patch = { ...NO_FILTERS, q: bin ?? '', p: '', at: '' };
  return [h('dt', {}, t(`card.${role}`)),
    h('dd', {}, name ?? t('org.missing'), bin && h('span', {
      class: 'org-more' }, h('span', { class: 'muted' },
      t('org.bin', { bin })), stateLink(patch, {}, () => set(patch),
      t('org.others'))))];
}

export function peopleSection(p, record) {
  const own = { ...record, ...p };
  const suppliers = p.contractor_bin || p.contractor_kk || p.contractor_ru;
  return h('section', { class: 'card-part' },
    h('h3', {}, t('card.people')),
    h('dl', { class: 'facts' },
      organisation('customer', said(own, 'customer'), p.customer_bin),
      organisation('contractor', suppliers ? said(own, 'contractor') : null,
        p.contractor_bin),
      said(own, 'operator') && organisation('operator',
        said(own, 'operator'), record.operator_bin)));
}

export function placeSection(p, record, about, geometry, show) {
  const address = said(p, 'address');
  return h('section', { class: 'card-part' },
    h('h3', {}, t('card.place')),
    h('p', {}, dot(about.districtName(p.district), address)),
    h('p', { class: 'muted' }, geometry
      ? title('precision', p.precision) : t('place.none')),
    geometry && h('button', { type: 'button', class: 'link', on: {
      click: show } }, t('card.show_on_map')));
}

export function aboutSection(p, record) {
  const capacity = record.capacity_planned;
  const facts = [
    [t('card.sector'), title('category', p.category)],
    [t('card.work_kind'), title('work_kind', p.work_kind)],
    p.facility_type && [t('card.facility_type'),
      title('facility_type', p.facility_type)],
    said(record, 'facility') && [t('card.facility'),
      said(record, 'facility')],
    capacity && [t('card.capacity'), tn('capacity', capacity,
      { n: number(capacity, 1), unit: coded('unit',
        record.capacity_unit) ?? '' })],
    known(record.final_cost) && [t('card.final_cost'),
      [money(record.final_cost), ' ', said(record, 'final_cost_reason')]],
    said(record, 'final_scope') && [t('card.final_scope'),
      said(record, 'final_scope')],
    record.warranty_until && [t('card.warranty'),
      date(record.warranty_until)],
  ].filter(Boolean);
  return h('section', { class: 'card-part' },
    h('h3', {}, t('card.about')),
    said(record, 'description') && h('p', { class: 'prose' },
      said(record, 'description')),
    said(record, 'purpose') && h('p', { class: 'prose' },
      said(record, 'purpose')),
    h('dl', { class: 'facts' }, facts.map(([name, value]) =>
      [h('dt', {}, name), h('dd', {}, value)]).flat()));
}

export function fundingPart(record) {
  return part('funding', record.funding, (row) => [
    h('p', {}, dot(String(row.fiscal_year),
      title('budget_level', row.budget_level))),
    said(row, 'title') && h('p', {}, said(row, 'title')),
    h('p', {}, t('funding.planned', { sum: money(row.adjusted ??
      row.planned) })),
    h('p', {}, t('funding.paid', { sum: money(row.paid) })),
    row.programme && h('p', { class: 'muted' }, t('funding.code', {
      code: [row.func_group, row.func_subgroup, row.administrator,
        row.programme, row.subprogramme, row.specific].filter(Boolean)
        .join('-') })),
    origin(row)]);
}

function amendment(row) {
  const values = row.new_value !== null && row.new_value !== undefined &&
    t('amendment.value', { from: money(row.old_value),
      to: money(row.new_value) });
  const ends = row.new_end && t('amendment.end', {
    from: date(row.old_end) ?? t('date.missing'), to: date(row.new_end) });
  return h('li', {}, h('p', {}, dot(date(row.date),
    coded('amendment_kind', row.kind))),
  (values || ends) && h('p', {}, dot(values, ends)),
  said(row, 'description') && h('p', {}, said(row, 'description')),
  said(row, 'rationale') && h('p', { class: 'muted' },
    t('amendment.reason'), ' ', said(row, 'rationale')));
}

function outside(url, text) {
  if (!/^https?:\/\//.test(url ?? '')) return null;
  return h('a', { href: url, rel: 'noopener noreferrer external' }, text,
    icon('external'));
}

export function contractsPart(record) {
  return part('contracts', record.contracts, (row) => [
    h('p', {}, dot(row.external_no && t('contract.no',
      { no: row.external_no }), coded('nature', row.nature),
    coded('contract_status', row.status))),
    said(row, 'supplier') && h('p', {}, said(row, 'supplier')),
    h('p', {}, t('contract.value', { sum: money(row.final_value ??
      row.value_current) })),
    row.value_original !== null && row.value_original !== row.value_current &&
      h('p', { class: 'muted' }, t('contract.was',
        { sum: money(row.value_original) })),
    h('p', { class: 'muted' }, dot(row.signed_on && t('contract.signed',
      { date: date(row.signed_on) }), coded('method', row.method),
    row.bidders && tn('contract.bidders', row.bidders,
      { n: number(row.bidders) }))),
    row.amendments?.length > 0 && h('ul', { class: 'rows' },
      row.amendments.map(amendment)),
    outside(row.url, t('contract.open')),
    origin(row)]);
}

export function paymentsPart(record) {
  return part('payments', record.payments, (row) => [
    h('p', {}, dot(date(row.date), money(row.amount))), origin(row)]);
}

export function milestonesPart(record) {
  return part('milestones', record.milestones, (row) => [
    h('p', {}, said(row, 'title') ?? row.code ?? t('project.untitled')),
    h('p', { class: 'muted' }, dot(row.met_on && row.status === 'met'
      ? t('milestone.met', { date: date(row.met_on) })
      : coded('milestone_status', row.status),
    !row.met_on && row.due_current && t('milestone.due',
      { date: date(row.due_current) }),
    row.due_original && row.due_original !== row.due_current &&
      t('milestone.was', { date: date(row.due_original) })))]);
}

export function documentsPart(record) {
  return part('documents', record.documents, (row) => {
    const name = said(row, 'title') ?? row.document_type;
    return [h('p', {}, outside(row.url, name) ?? name),
      h('p', { class: 'muted' }, dot(
        coded('document_type', row.document_type),
        date(row.date_published),
        row.language && t(`lang.${row.language}`),
        row.bytes && bytes(row.bytes))),
      row.sha256 && h('p', { class: 'muted hash' },
        t('document.hash', { hash: row.sha256 }))];
  });
}

export function sourceSection(p, record) {
  return h('section', { class: 'card-part source' },
    h('p', { class: 'muted' }, t('card.as_of', { date: date(p.as_of),
      source: p.source })),
    record.source_ref && h('p', { class: 'muted' }, t('card.source_ref', {
      system: record.source_system, ref: record.source_ref })),
    p.demo && h('p', { class: 'demo' }, t('demo.project')));
}
