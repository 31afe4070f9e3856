use super::*;

const HEAD: &str = "id = \"x\"\ntitle = \"试\"\nsource = \"试\"\n[page]\nsize = [100, 100]\n";

fn faults(body: &str) -> Vec<Fault> {
    parse("paper/x.toml", &format!("{HEAD}{body}")).unwrap_err()
}

#[test]
fn a_layout_is_read_with_its_bindings() {
    let body = "[[text]]\nat = [10, 10, 50, 8]\ntext = \"{a}第 {page} 页\"\n[[cell]]\nat = [10, 20, 50, 8]\n\
                label = \"姓名\"\nlabel_w = 20\nvalue = \"{man.name}\"\n[[table]]\nid = \"t\"\nat = [10, 30, 40]\n\
                rows = \"rows\"\ncolumns = [{ title = \"甲\", width = 40, value = \"{label}\" }]\n";
    let paper = parse("paper/x.toml", &format!("{HEAD}{body}")).unwrap();
    assert_eq!(
        paper.layout.bindings().into_iter().collect::<Vec<_>>(),
        ["a", "man.name", "rows"]
    );
    assert_eq!(paper.sha256.len(), 64);
    assert_eq!(paper.layout.elements.len(), 3);
}

#[test]
fn a_misspelt_key_is_named_with_its_line_and_the_nearest() {
    let faults = faults("[[text]]\nat = [1, 1, 5, 5]\ntext = \"a\"\nalgin = \"left\"\n");
    assert_eq!((faults[0].line, faults[0].key.as_str()), (9, "algin"));
    assert_eq!(faults[0].nearest.as_deref(), Some("align"));
}

#[test]
fn all_faults_are_told_at_once() {
    let faults = faults(
        "[[text]]\nat = [1, 1, 5]\ntext = \"{a\"\nalign = \"centre\"\n[[text]]\nat = [90, 1, 20, 5]\ntext = \"a\"\n\
         below = \"tabel\"\n[[table]]\nid = \"table\"\nat = [1, 1, 50]\nrows = \"r\"\n\
         columns = [{ title = \"甲\", width = 40, value = \"{page}\" }]\n",
    );
    let told: Vec<_> = faults.iter().map(|f| (f.line, f.key.as_str())).collect();
    assert_eq!(
        told,
        [
            (6, "text"),
            (6, "align"),
            (6, "at"),
            (10, "at"),
            (10, "below"),
            (14, "columns"),
            (14, "columns")
        ]
    );
    assert_eq!(faults[1].nearest.as_deref(), Some("center"));
    assert_eq!(faults[4].nearest.as_deref(), Some("table"));
}

#[test]
fn a_file_says_its_own_name() {
    let faults = parse("paper/y.toml", HEAD).unwrap_err();
    assert_eq!(
        (faults[0].key.as_str(), faults[0].nearest.as_deref()),
        ("id", Some("y"))
    );
    let fault = &parse("paper/x.toml", "id = \n").unwrap_err()[0];
    assert_eq!(fault.line, 1);
}

#[test]
fn tables_in_a_circle_are_found() {
    let table = |id: &str, below: &str| {
        format!(
            "[[table]]\nid = \"{id}\"\nat = [1, 1, 40]\nrows = \"r\"\nbelow = \"{below}\"\n\
             columns = [{{ title = \"甲\", width = 40, value = \"a\" }}]\n"
        )
    };
    let faults = faults(&(table("a", "b") + &table("b", "a")));
    assert_eq!(faults.len(), 2);
    assert!(faults[0].problem.contains("绕回"));
}
