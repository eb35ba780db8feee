//! Danish alphabetical order.

/// Returns a key that sorts as Danish lists do: æ, ø and å last, `aa` as å (Retskrivningsordbogen § 2), ignoring case.
#[must_use]
pub fn sort_key(text: &str) -> String {
    let lower = text.to_lowercase().replace("aa", "å");
    lower
        .chars()
        .map(|c| match c {
            'æ' | 'ä' => '{',
            'ø' | 'ö' => '|',
            'å' => '}',
            'é' | 'è' => 'e',
            'ü' => 'y',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn danish_letters_sort_last_and_double_a_counts_as_one() {
        let mut names = ["Aarhus", "Ærø", "Vejle", "Ølstykke", "Allerød", "Åbyhøj", "Zealand"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Allerød", "Vejle", "Zealand", "Ærø", "Ølstykke", "Åbyhøj", "Aarhus"]);
    }
}
