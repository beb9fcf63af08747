// The code lists in the order they are offered. Their titles are in i18n/.

export const STATUS = ['identification', 'preparation', 'implementation',
  'suspended', 'completion', 'maintenance', 'decommissioning',
  'decommissioned', 'cancelled'];

export const CATEGORY = ['education', 'health', 'transport', 'waterAndWaste',
  'energy', 'socialHousing', 'cultureSportsAndRecreation', 'communications',
  'governance', 'economy', 'naturalResources'];

export const WORK_KIND = ['new_build', 'reconstruction', 'capital_repair',
  'current_repair', 'expansion', 'replacement', 'upkeep', 'equipment',
  'design', 'landscaping', 'demolition'];

export const BUDGET_LEVEL = ['national_fund', 'republican', 'oblast',
  'district_city', 'okrug', 'quasi_state', 'private', 'donor'];

export const MEASURE = ['planned', 'count', 'mean', 'paid_share', 'overdue'];

export const SORT = ['place', 'planned', 'paid_share', 'planned_end',
  'title'];

export const LANGS = ['kk', 'ru', 'en'];
