//! Values that rows get after they were read.

use std::collections::BTreeMap;

use super::{Field, FieldId, FieldValue, Records, RowId};

impl Records {
    /// The field with this key, added where no row had it.
    pub(crate) fn add_field(&mut self, key: &str, header: &str) -> FieldId {
        self.field(key).unwrap_or_else(|| {
            self.fields.push(Field {
                key: key.to_owned(),
                header: header.to_owned(),
            });
            (self.fields.len() - 1).into()
        })
    }

    /// Gives rows further values; a field that a row has already keeps what it has.
    pub(crate) fn add_values(&mut self, more: &BTreeMap<RowId, Vec<(FieldId, FieldValue)>>) {
        if more.is_empty() {
            return;
        }
        let mut values = Vec::with_capacity(self.values.len() + more.len());
        for (index, row) in self.rows.iter_mut().enumerate() {
            let start = u32::try_from(values.len()).expect("fewer than 2^32 values");
            let own = &self.values[row.values.start as usize..row.values.end as usize];
            values.extend_from_slice(own);
            for (field, value) in more.get(&index.into()).into_iter().flatten() {
                if !own.iter().any(|(known, _)| known == field) {
                    values.push((*field, value.clone()));
                }
            }
            row.values = start..u32::try_from(values.len()).expect("fewer than 2^32 values");
        }
        self.values = values;
    }
}
