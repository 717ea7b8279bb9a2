//! Many questions to the portal in one request.

use crate::evaluation::{TINA, codes, for_k1, key};
use crate::harness::each_database;
use crate::main_path::{in_force, scene};
use domain::permission::StaffRole;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_technician_asks_for_all_customers_of_a_morning_at_once() {
    each_database(async |t| {
        let s = scene(t).await;
        t.staff(TINA, &[StaffRole::Technician]).await;
        in_force(t, &s).await;
        let key = key(t, "zammad", "evaluate", "").await;
        let http = t.browser();
        let batch = json!({
            "subject": { "type": "technician", "id": TINA },
            "action": { "name": "remote_support.control" },
            "context": { "channel": "page", "explain": "codes", "ticket": { "system": "zammad", "id": "881" } },
            "evaluations": [
                { "resource": { "type": "customer", "id": "K1" } },
                { "resource": { "type": "customer", "id": "K404" } },
                { "resource": { "type": "customer", "id": "K1" }, "action": { "name": "log.analyse" } },
                { "resource": { "type": "customer" } },
                { "resource": { "type": "customer", "id": "K1" }, "context": { "explain": "none" } },
                { "resource": { "type": "customer", "id": "K1" }, "context": { "explain": "everything" } },
                { "resource": { "type": "customer", "id": "K1" },
                  "action": { "name": "remote_support.view", "properties": { "tool": 7 } } },
            ],
        });
        let answer = http.post("/access/v1/evaluations").authorization_bearer(&key).json(&batch).await;
        assert_eq!(answer.status_code(), 200, "{}", answer.text());
        let answers = answer.json::<Value>()["evaluations"].as_array().expect("answers").clone();
        let decided: Vec<_> = answers.iter().map(|a| a["decision"].as_bool()).collect();
        let expected = [true, false, false, false, true, false, false].map(Some);
        assert_eq!(decided, expected);
        assert_eq!(codes(&answers[0]), ["ok_contract"]);
        assert_eq!(codes(&answers[1]), ["customer_unidentified"]);
        assert!(codes(&answers[2]).contains(&"service_not_covered"));
        for failed in [3, 5, 6] {
            assert_eq!(answers[failed]["context"]["error"]["status"], 400, "{failed}");
        }
        assert_eq!(answers[4], json!({ "decision": true }));

        t.portal().file_records(t.now()).await.expect("written");
        let (rows, total) =
            store::decisions::list(t.portal().store.read(), None, 0, 100).await.expect("decisions");
        assert_eq!(total, 4, "each question that is one is on record, with its ticket where it has one");
        assert_eq!(rows.iter().filter(|d| d.ticket == "zammad/881").count(), 3);

        // Without questions it is the single question.
        let mut single = for_k1("advise");
        single["evaluations"] = json!([]);
        let answer = http.post("/access/v1/evaluations").authorization_bearer(&key).json(&single).await;
        assert_eq!(codes(&answer.json()), ["ok_advice"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_ask_once_may_not_ask_often() {
    each_database(async |t| {
        let http = t.browser();
        let batch = json!({ "evaluations": [for_k1("advise")] });
        let path = "/access/v1/evaluations";
        assert_eq!(http.post(path).json(&batch).await.status_code(), 401);
        let searcher = key(t, "searcher", "search", "").await;
        assert_eq!(http.post(path).authorization_bearer(&searcher).json(&batch).await.status_code(), 403);
        let asker = key(t, "asker", "evaluate", "").await;
        let none = http.post(path).authorization_bearer(&asker).json(&json!([])).await;
        assert_eq!(none.status_code(), 400);
        t.portal().file_records(t.now()).await.expect("written");
        let (_, total) =
            store::decisions::list(t.portal().store.read(), None, 0, 10).await.expect("decisions");
        assert_eq!(total, 0);
    })
    .await;
}
