import com.acme.faqts.ApiClient;
import com.acme.faqts.ApiException;
import com.acme.faqts.api.CloudsApi;
import com.acme.faqts.api.CloudsApi.APIListCloudsRequest;
import com.acme.faqts.api.FaqsApi;
import com.acme.faqts.api.FaqsApi.APIGetFaqRequest;
import com.acme.faqts.api.FaqsApi.APIListFaqsRequest;
import com.acme.faqts.api.IpRangesApi;
import com.acme.faqts.api.IpRangesApi.APIListIpRangesRequest;
import com.acme.faqts.api.IpRangesApi.APILookUpAddressesRequest;
import com.acme.faqts.api.ReleasesApi;
import com.acme.faqts.api.ReleasesApi.APIListChangesRequest;
import com.acme.faqts.model.Change;
import com.acme.faqts.model.ChangeList;
import com.acme.faqts.model.Cloud;
import com.acme.faqts.model.CloudList;
import com.acme.faqts.model.CloudSupport;
import com.acme.faqts.model.Faq;
import com.acme.faqts.model.FaqList;
import com.acme.faqts.model.IpRange;
import com.acme.faqts.model.IpRangeList;
import com.acme.faqts.model.LookupList;
import com.acme.faqts.model.ParameterError;
import com.acme.faqts.model.Problem;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Nine tasks with the Java client that openapi-generator generates. */
public final class Nine {
  private final ApiClient client = new ApiClient();
  private final FaqsApi faqs;
  private final CloudsApi clouds;
  private final IpRangesApi ipRanges;
  private final ReleasesApi releases;

  private Nine(String address) {
    client.updateBaseUri(address);
    // HttpClient does not follow redirects by default. Former IDs are redirected.
    client.setHttpClientBuilder(HttpClient.newBuilder().followRedirects(Redirect.NORMAL));
    faqs = new FaqsApi(client);
    clouds = new CloudsApi(client);
    ipRanges = new IpRangesApi(client);
    releases = new ReleasesApi(client);
  }

  // 1. List the ranges of a data center
  private Map<String, ?> listRanges() throws ApiException {
    IpRangeList found =
        ipRanges.listIpRanges(APIListIpRangesRequest.newBuilder().dc(List.of("uk")).build());
    return Map.of("ranges", found.getItems().stream().map(IpRange::getCidr).toList());
  }

  // 2. Page through the answers
  private Map<String, ?> pageThrough() throws ApiException {
    List<String> ids = new ArrayList<>();
    int pages = 0;
    String cursor = null;
    do {
      FaqList page = faqs.listFaqs(APIListFaqsRequest.newBuilder().limit(4).cursor(cursor).build());
      page.getItems().forEach(faq -> ids.add(faq.getId()));
      pages++;
      cursor = page.getNextCursor();
    } while (cursor != null);
    return Map.of("faqs", ids, "pages", pages);
  }

  // 3. Read an answer for a product
  private Map<String, ?> readAnswer() throws ApiException {
    Faq faq =
        faqs.getFaq(
            APIGetFaqRequest.newBuilder()
                .id("fixed-ip-addresses")
                .dc("uk")
                .application("Acme")
                .build());
    return Map.of("question", faq.getQuestion(), "text", faq.getAnswer().getText());
  }

  // 4. Look up addresses
  private Map<String, ?> lookUp() throws ApiException {
    IpRangeList ranges =
        ipRanges.listIpRanges(APIListIpRangesRequest.newBuilder().dc(List.of("uk")).build());
    String published = ranges.getItems().get(0).getCidr().split("/")[0];
    LookupList found =
        ipRanges.lookUpAddresses(
            APILookUpAddressesRequest.newBuilder()
                .ip(List.of("192.0.2.1", "2001:db8::1", published))
                .build());
    return Map.of(
        "lookup",
        found.getItems().stream()
            .map(row -> Map.of("query", row.getQuery(), "relation", row.getRelation()))
            .toList());
  }

  // 5. Read an older release
  private Map<String, ?> readOlder() throws ApiException {
    CloudList older =
        clouds.listClouds(APIListCloudsRequest.newBuilder().release("2026-11-23.03").build());
    return Map.of("release", older.getRelease(), "clouds", older.getItems().size());
  }

  // 6. List changes
  private Map<String, ?> listWhatChanged() throws ApiException {
    List<List<?>> changes = new ArrayList<>();
    String cursor = null;
    do {
      ChangeList page =
          releases.listChanges(
              APIListChangesRequest.newBuilder().since("2026-11-23.03").cursor(cursor).build());
      for (Change change : page.getItems()) {
        changes.add(List.of(change.getCollection(), change.getId(), change.getAction()));
      }
      cursor = page.getNextCursor();
    } while (cursor != null);
    return Map.of("changes", changes);
  }

  // 7. Read problems
  private Map<String, ?> readProblems() throws Exception {
    Problem lost =
        problemOf(() -> faqs.getFaq(APIGetFaqRequest.newBuilder().id("nothing-like-this").build()));
    Problem wrong =
        problemOf(
            () ->
                ipRanges.listIpRanges(
                    APIListIpRangesRequest.newBuilder().dc(List.of("atlantis")).build()));
    List<String> faults = wrong.getErrors().stream().map(ParameterError::getParameter).toList();
    return Map.of(
        "problems",
        List.of(
            Map.of("status", lost.getStatus(), "type", lost.getType(), "title", lost.getTitle()),
            Map.of("status", wrong.getStatus(), "type", wrong.getType(), "parameters", faults)));
  }

  private Problem problemOf(Callable<?> call) throws Exception {
    try {
      throw new IllegalStateException("Not refused: " + call.call());
    } catch (ApiException failure) {
      return client.getObjectMapper().readValue(failure.getResponseBody(), Problem.class);
    }
  }

  // 8. Compare with an enumeration
  private Map<String, ?> groupClouds() throws ApiException {
    Map<String, CloudSupport> support = new TreeMap<>();
    List<String> unsupported = new ArrayList<>();
    for (Cloud cloud : clouds.listClouds(APIListCloudsRequest.newBuilder().build()).getItems()) {
      support.put(cloud.getId(), cloud.getSupport());
      if (cloud.getSupport() == CloudSupport.UNSUPPORTED) {
        unsupported.add(cloud.getId());
      }
    }
    return Map.of("clouds", support, "unsupported", unsupported);
  }

  // 9. Follow a former ID
  private Map<String, ?> followFormerId() throws ApiException {
    Faq faq = faqs.getFaq(APIGetFaqRequest.newBuilder().id("fixed-ips").build());
    return Map.of("renamed", Map.of("asked", "fixed-ips", "id", faq.getId()));
  }

  // All nine
  public static void main(String[] arguments) throws Exception {
    Nine nine = new Nine(arguments[0]);
    ObjectMapper mapper =
        nine.client.getObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    List<Callable<Map<String, ?>>> things =
        List.of(
            nine::listRanges,
            nine::pageThrough,
            nine::readAnswer,
            nine::lookUp,
            nine::readOlder,
            nine::listWhatChanged,
            nine::readProblems,
            nine::groupClouds,
            nine::followFormerId);
    for (Callable<Map<String, ?>> thing : things) {
      System.out.println(mapper.writeValueAsString(thing.call()));
    }
  }
}
