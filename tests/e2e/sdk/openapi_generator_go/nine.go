// Nine tasks with the Go client that openapi-generator generates.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"os"
	"strings"

	"example.com/acme/faqts"
)

type object map[string]any

var (
	ctx    = context.Background()
	client = newClient(os.Args[1])
)

func newClient(address string) *faqts.APIClient {
	configuration := faqts.NewConfiguration()
	configuration.Servers = faqts.ServerConfigurations{{URL: address}}
	return faqts.NewAPIClient(configuration)
}

// 1. List the ranges of a data center
func listRanges() (object, error) {
	found, _, err := client.IpRangesAPI.ListIpRanges(ctx).Dc([]string{"uk"}).Execute()
	if err != nil {
		return nil, err
	}
	ranges := []string{}
	for _, ipRange := range found.Items {
		ranges = append(ranges, ipRange.Cidr)
	}
	return object{"ranges": ranges}, nil
}

// 2. Page through the answers
func pageThrough() (object, error) {
	ids, pages := []string{}, 0
	request := client.FaqsAPI.ListFaqs(ctx).Limit(4)
	for {
		page, _, err := request.Execute()
		if err != nil {
			return nil, err
		}
		pages++
		for _, faq := range page.Items {
			ids = append(ids, faq.Id)
		}
		next := page.NextCursor.Get()
		if next == nil {
			return object{"faqs": ids, "pages": pages}, nil
		}
		request = request.Cursor(*next)
	}
}

// 3. Read an answer for a product
func readAnswer() (object, error) {
	request := client.FaqsAPI.GetFaq(ctx, "fixed-ip-addresses").Dc("uk").Application("Acme")
	faq, _, err := request.Execute()
	if err != nil {
		return nil, err
	}
	return object{"question": faq.Question, "text": faq.Answer.Text}, nil
}

// 4. Look up addresses
func lookUp() (object, error) {
	ranges, _, err := client.IpRangesAPI.ListIpRanges(ctx).Dc([]string{"uk"}).Execute()
	if err != nil {
		return nil, err
	}
	published, _, _ := strings.Cut(ranges.Items[0].Cidr, "/")
	addresses := []string{"192.0.2.1", "2001:db8::1", published}
	found, _, err := client.IpRangesAPI.LookUpAddresses(ctx).Ip(addresses).Execute()
	if err != nil {
		return nil, err
	}
	rows := []object{}
	for _, row := range found.Items {
		rows = append(rows, object{"query": row.Query, "relation": row.Relation})
	}
	return object{"lookup": rows}, nil
}

// 5. Read an older release
func readOlder() (object, error) {
	older, _, err := client.CloudsAPI.ListClouds(ctx).Release("2026-11-23.03").Execute()
	if err != nil {
		return nil, err
	}
	return object{"release": older.Release, "clouds": len(older.Items)}, nil
}

// 6. List changes
func listWhatChanged() (object, error) {
	changes := [][]string{}
	request := client.ReleasesAPI.ListChanges(ctx).Since("2026-11-23.03")
	for {
		page, _, err := request.Execute()
		if err != nil {
			return nil, err
		}
		for _, change := range page.Items {
			changes = append(changes, []string{change.Collection, change.Id, string(change.Action)})
		}
		next := page.NextCursor.Get()
		if next == nil {
			return object{"changes": changes}, nil
		}
		request = request.Cursor(*next)
	}
}

// 7. Read problems
func readProblems() (object, error) {
	_, _, err := client.FaqsAPI.GetFaq(ctx, "nothing-like-this").Execute()
	lost, ok := problemOf(err)
	if !ok {
		return nil, err
	}
	_, _, err = client.IpRangesAPI.ListIpRanges(ctx).Dc([]string{"atlantis"}).Execute()
	wrong, ok := problemOf(err)
	if !ok {
		return nil, err
	}
	parameters := []string{}
	for _, fault := range wrong.Errors {
		parameters = append(parameters, fault.Parameter)
	}
	return object{"problems": []object{
		{"status": lost.Status, "type": lost.Type, "title": lost.Title},
		{"status": wrong.Status, "type": wrong.Type, "parameters": parameters},
	}}, nil
}

func problemOf(err error) (problem faqts.Problem, ok bool) {
	var failure *faqts.GenericOpenAPIError
	if errors.As(err, &failure) {
		problem, ok = failure.Model().(faqts.Problem)
	}
	return problem, ok
}

// 8. Compare with an enumeration
func groupClouds() (object, error) {
	found, _, err := client.CloudsAPI.ListClouds(ctx).Execute()
	if err != nil {
		return nil, err
	}
	clouds, unsupported := map[string]faqts.CloudSupport{}, []string{}
	for _, cloud := range found.Items {
		clouds[cloud.Id] = cloud.Support
		if cloud.Support == faqts.CLOUDSUPPORT_UNSUPPORTED {
			unsupported = append(unsupported, cloud.Id)
		}
	}
	return object{"clouds": clouds, "unsupported": unsupported}, nil
}

// 9. Follow a former ID
func followFormerId() (object, error) {
	faq, _, err := client.FaqsAPI.GetFaq(ctx, "fixed-ips").Execute()
	if err != nil {
		return nil, err
	}
	return object{"renamed": object{"asked": "fixed-ips", "id": faq.Id}}, nil
}

// All nine
func main() {
	for _, do := range []func() (object, error){
		listRanges,
		pageThrough,
		readAnswer,
		lookUp,
		readOlder,
		listWhatChanged,
		readProblems,
		groupClouds,
		followFormerId,
	} {
		found, err := do()
		if err != nil {
			log.Fatal(err)
		}
		if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
			log.Fatal(err)
		}
	}
}
